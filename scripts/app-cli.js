/** Builds what has changed, in silence where nothing has, and hands the command line over to the program. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { stampOf } from './lib/build-stamp.js';
import { listPackages, ROOT } from './lib/workspace.js';

const STAMP = join(ROOT, '.turbo', 'app-cli-built');
const FAILED = 1;

const folders = listPackages().map(({ folder }) => folder);
if (readStamp() === stampOf(ROOT, folders) || build()) await import('../apps/cli/dist/main.js');

function readStamp() {
  try {
    return readFileSync(STAMP, 'utf8');
  } catch {
    return undefined;
  }
}

function build() {
  const args = ['run', 'build', '--filter=@latentkit/cli', '--output-logs=errors-only'];
  // stdout is the program's.
  const { status } = spawnSync('turbo', args, {
    cwd: ROOT,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  if (status !== 0) {
    process.exitCode = status ?? FAILED;
    return false;
  }
  mkdirSync(dirname(STAMP), { recursive: true });
  writeFileSync(STAMP, stampOf(ROOT, folders));
  return true;
}
