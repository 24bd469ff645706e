import { execFile } from 'node:child_process';
import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { readZip } from '@latentkit/formats';

const PROGRAM = fileURLToPath(new URL('../../cli/dist/main.js', import.meta.url));
const EXPERIMENT = fileURLToPath(new URL('../../../packages/experiment', import.meta.url));

/** What the command line prints as JSON. */
export async function ask(...args) {
  const { stdout } = await promisify(execFile)(process.execPath, [PROGRAM, ...args, '--json'], {
    maxBuffer: 2 ** 26,
  });
  return stdout.includes('\n{') ? undefined : JSON.parse(stdout); // of training there is a line an event
}

/** The run that is shown, as a folder of the command line. */
export async function downloadRun(page, folder) {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download run', exact: true }).click(),
  ]);
  const entries = readZip(new Uint8Array(await readFile(await download.path())));
  for (const { name, read } of entries) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), await read());
  }
  return join(folder, entries[0].name.split('/')[0]);
}

/** Has scripts beside runs of a folder find the package by its name, as where it is installed: a report tells what they import. */
export async function standInstalled(folder) {
  const scope = join(folder, 'node_modules', '@latentkit');
  await mkdir(scope, { recursive: true });
  await symlink(EXPERIMENT, join(scope, 'experiment'));
}
