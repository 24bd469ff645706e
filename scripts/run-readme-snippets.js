// Runs the first snippet of the README and of every public package's, and others that are whole programs, from an empty folder
// that sees what examples/ may import; and checks the types of the first ones, as they would be pasted into a TypeScript program.
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { programsOf } from './lib/first-snippet.js';
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
      for (const [i, { code, extension }] of programsOf(path).entries()) {
        const title = i === 0 ? basename(path) : `${basename(path)}-${i + 1}`;
        const file = join(folder, `${title}.${extension}`);
        writeFileSync(file, code);
        if (i === 0) writeFileSync(join(typed, `${title}.mts`), code);
        await run('node', [file], { cwd: folder });
      }
    });
  }
  await report.check('their types', async () => {
    writeFileSync(join(typed, 'tsconfig.json'), JSON.stringify({ compilerOptions: COMPILER_OPTIONS }));
    await run('tsc', ['-p', typed]);
  });
});
report.finish();
