// Runs the first snippet of the README and of every public package's, from an empty folder that sees what examples/ may
// import; and checks the types of all of them, as they would be pasted into a TypeScript program.
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { firstSnippet } from './lib/first-snippet.js';
import { createReport } from './lib/report.js';
import { run } from './lib/run.js';
import { withTempFolder } from './lib/temp-folder.js';
import { listLibraries, ROOT } from './lib/workspace.js';

// Parameters of functions have no types in JavaScript; all else must fit.
const COMPILER_OPTIONS = {
  ...{ strict: true, noImplicitAny: false, noEmit: true, skipLibCheck: true },
  ...{ module: 'nodenext', target: 'es2023', lib: ['es2024', 'dom', 'dom.iterable'] },
  ...{ types: ['node'], typeRoots: [join(ROOT, 'node_modules/@types')] },
};

const report = createReport('readme snippets');
await withTempFolder(async (folder) => {
  symlinkSync(join(ROOT, 'examples', 'node_modules'), join(folder, 'node_modules'));
  const typed = join(folder, 'typed');
  mkdirSync(typed);
  for (const { name, path } of [{ name: 'README.md', path: ROOT }, ...listLibraries()]) {
    await report.check(name, async () => {
      const { code, extension } = firstSnippet(path);
      const file = join(folder, `${basename(path)}.${extension}`);
      writeFileSync(file, code);
      writeFileSync(join(typed, `${basename(path)}.mts`), code);
      await run('node', [file], { cwd: folder });
    });
  }
  await report.check('their types', async () => {
    writeFileSync(join(typed, 'tsconfig.json'), JSON.stringify({ compilerOptions: COMPILER_OPTIONS }));
    await run('tsc', ['-p', typed]);
  });
});
report.finish();
