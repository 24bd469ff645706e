import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FAMILY } from './family.js';
import { familyPage } from './family-page.js';
import { ROOT } from './workspace.js';

const read = (path) => readFileSync(join(ROOT, path), 'utf8');

describe.each(FAMILY)('$name', ({ source, contract, against, example, recipes }) => {
  it('has its paper beside its formula', () => {
    const comments = read(source[0]).match(/\/\*\*[\s\S]*?\*\//g) ?? [];
    const words = comments.filter((one) => one.includes('@see')).map((one) => one.replace(/[\s*]+/g, ' '));
    expect(words.some((one) => one.includes(source[1]))).toBe(true);
  });

  it('has a row of a contract suite, and what it is held against', () => {
    for (const [path, text] of [contract, ...against])
      expect(read(path).includes(text), `${path}: ${text}`).toBe(true);
  });

  it('has an example, and recipes that there are', () => {
    if (!example.startsWith('train')) expect(existsSync(join(ROOT, example))).toBe(true);
    const names = read('apps/cli/src/names.ts');
    for (const recipe of recipes) expect(names).toContain(`'${recipe}'`);
  });
});

it('docs/family-checks.md is what `pnpm docs:family` writes', () => {
  expect(read('docs/family-checks.md')).toBe(familyPage());
});
