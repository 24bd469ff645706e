// Puts the Python files that go out with a model into the package's own code, so that a page has them, too.
// Run: node packages/interop/scripts/write-python-sources.js
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sourceOfPython } from './source-of-python.js';

const root = join(import.meta.dirname, '..');
writeFileSync(
  join(root, 'src/torch/python-sources.ts'),
  sourceOfPython((name) => readFileSync(join(root, 'python', name), 'utf8')),
);
