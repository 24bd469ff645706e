// Runs examples/NN-*.js in order, each from an empty folder, and holds them to their length.
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createReport } from './lib/report.js';
import { run } from './lib/run.js';
import { withTempFolder } from './lib/temp-folder.js';
import { listExamples, ROOT } from './lib/workspace.js';

const MOST_LINES = 40;

const examples = join(ROOT, 'examples');
const report = createReport('examples');
if (listExamples().length === 0) throw new Error('examples/ holds no NN-*.js');
await withTempFolder(async (folder) => {
  for (const file of listExamples()) {
    const cwd = join(folder, file);
    await mkdir(cwd);
    await report.check(file, async () => {
      const lines = (await readFile(join(examples, file), 'utf8')).trimEnd().split('\n').length;
      if (lines > MOST_LINES) throw new Error(`${lines} lines, of at most ${MOST_LINES}`);
      await run('node', [join(examples, file)], { cwd });
    });
  }
});
report.finish();
