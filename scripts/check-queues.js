// Jobs on real servers, Redis and PostgreSQL, which the tests start on loopback: what workers, children and servers that die leave behind.
// A server that is not installed is left out, and said. `pnpm queues split` looks at the tests with that in their names.
import { spawnSync } from 'node:child_process';
import { ROOT } from './lib/workspace.js';

const [only] = process.argv.slice(2);
const words = ['run', '--project', 'queues', '--maxWorkers', '3', ...(only ? ['-t', only] : [])];
const { status } = spawnSync('vitest', words, {
  cwd: ROOT,
  stdio: 'inherit',
  env: { ...process.env, LATENTKIT_QUEUES: '1' },
});
process.exitCode = status ?? 1;
