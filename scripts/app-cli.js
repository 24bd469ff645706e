/** Builds what has changed, in silence where nothing has, and hands the command line over to the program: for `ui` the lab's page, too. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { stampOf } from './lib/build-stamp.js';
import { listPackages, ROOT } from './lib/workspace.js';

const FAILED = 1;
const TURBO = ['turbo', 'run', 'build', '--output-logs=errors-only'];
const PROGRAM = { stamp: 'app-cli-built', commands: [[...TURBO, '--filter=@latentkit/cli']] };
const PAGE = {
  stamp: 'app-web-built',
  commands: [
    [...TURBO, '--filter=@latentkit/web...'],
    ['vite', 'build', 'apps/web', '--logLevel', 'error'],
    ['vite', 'build', 'apps/web', '-c', 'apps/web/vite.embed.config.ts', '--logLevel', 'error'],
  ],
};

const folders = listPackages().map(({ folder }) => folder);
const wanted = process.argv[2] === 'ui' ? [PROGRAM, PAGE] : [PROGRAM];
const missing = wanted.filter((one) => !isBuilt(one));
if (missing.every(build)) {
  // When all is built: a stamp is of every package, those of the others too.
  if (missing.length > 0) for (const one of wanted) keepStamp(one);
  await import('../apps/cli/dist/main.js');
}

function isBuilt({ stamp }) {
  try {
    return readFileSync(join(ROOT, '.turbo', stamp), 'utf8') === stampOf(ROOT, folders);
  } catch {
    return false;
  }
}

function build({ commands }) {
  for (const [command, ...args] of commands) {
    // stdout is the program's.
    const { status } = spawnSync(command, args, {
      cwd: ROOT,
      stdio: ['ignore', 2, 2],
      shell: process.platform === 'win32',
    });
    if (status === 0) continue;
    process.exitCode = status ?? FAILED;
    return false;
  }
  return true;
}

function keepStamp({ stamp }) {
  const path = join(ROOT, '.turbo', stamp);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, stampOf(ROOT, folders));
}
