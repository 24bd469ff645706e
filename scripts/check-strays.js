// No file is committed that .gitignore would keep out, such as a prof.tmp.mjs: knip does not look at those.
import { run } from './lib/run.js';
import { ROOT } from './lib/workspace.js';

const listing = await run('git', ['ls-files', '--cached', '--ignored', '--exclude-standard'], { cwd: ROOT });
const strays = listing.split('\n').filter((path) => path !== '');
for (const path of strays) console.error(`${path}: committed, though .gitignore keeps it out: git rm it`);
console.log(`strays: ${strays.length}`);
process.exitCode = strays.length === 0 ? 0 : 1;
