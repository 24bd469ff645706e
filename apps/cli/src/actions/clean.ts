import { formatBytes } from '@latentkit/core';
import {
  findLeftovers,
  type Leftover,
  type LeftoverOptions,
  removeLeftover,
} from '@latentkit/experiment/node';
import { isThere } from '@latentkit/formats/node';
import { paint, printable, quoteArgument, runCommand, talk } from '@latentkit/terminal';
import { commandToPaste } from '../program-name.ts';

export interface CleanOptions extends LeftoverOptions {
  yes?: boolean;
  json?: boolean;
}

const WORDS: Readonly<Record<Leftover['kind'], string>> = {
  killed: 'half written when its run was killed',
  beginning: 'killed before its first checkpoint',
  checkpoint: 'checkpoint of a finished run',
  download: 'downloaded dataset',
};
const DEFAULT_FOLDER = 'runs';
const SIZE_WIDTH = 8;

/** Tells what could go, a line a folder; with `yes`, removes it. */
export async function clean(
  chosen: string | undefined,
  { checkpoints, downloads, yes = false, json = false }: CleanOptions,
): Promise<void> {
  const folder = chosen ?? ((await isThere(DEFAULT_FOLDER)) ? DEFAULT_FOLDER : undefined); // nobody need have runs
  await runCommand({ json, leaves: 'Stopped.' }, async ({ signal, note }) => {
    let bytes = 0;
    let count = 0;
    for await (const leftover of findLeftovers(folder, { checkpoints, downloads })) {
      signal.throwIfAborted();
      const removed = yes && (await removeLeftover(leftover));
      if (yes && !removed) note(`${leftover.folder} is being written by now, and left as it is`);
      else bytes += leftover.bytes;
      count++;
      process.stdout.write(`${json ? JSON.stringify({ ...leftover, removed }) : describe(leftover)}\n`);
    }
    if (json) return;
    if (count === 0) talk(`Nothing to clean${folder === undefined ? '' : ` in ${printable(folder)}`}`);
    else if (yes) talk(`${paint('green', 'Removed')} ${formatBytes(bytes)}`);
    else {
      const flags = [checkpoints && '--checkpoints', downloads && '--downloads', '--yes'];
      const folders = chosen === undefined ? [] : [quoteArgument(chosen)];
      const isAsked = (flag: unknown): flag is string => typeof flag === 'string';
      const again = commandToPaste('clean', ...folders, ...flags.filter(isAsked));
      talk(`${formatBytes(bytes)} would go. To remove it: ${again}`);
    }
  });
}

function describe({ kind, folder, bytes }: Leftover): string {
  return `${formatBytes(bytes).padStart(SIZE_WIDTH)}  ${printable(folder)}  ${paint('dim', WORDS[kind], process.stdout)}`;
}
