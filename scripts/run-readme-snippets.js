// Runs the first snippet of the README and of every public package's, from an empty folder that sees what examples/ may import.
import { symlinkSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { firstSnippet } from './lib/first-snippet.js';
import { createReport } from './lib/report.js';
import { run } from './lib/run.js';
import { withTempFolder } from './lib/temp-folder.js';
import { listLibraries, ROOT } from './lib/workspace.js';

const report = createReport('readme snippets');
await withTempFolder(async (folder) => {
  symlinkSync(join(ROOT, 'examples', 'node_modules'), join(folder, 'node_modules'));
  for (const { name, path } of [{ name: 'README.md', path: ROOT }, ...listLibraries()]) {
    await report.check(name, async () => {
      const { code, extension } = firstSnippet(path);
      const file = join(folder, `${basename(path)}.${extension}`);
      writeFileSync(file, code);
      await run('node', [file], { cwd: folder });
    });
  }
});
report.finish();
