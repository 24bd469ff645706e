import { lstat, readlink, realpath } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { LatentkitError } from '@latentkit/core';
import { checkValue, listRule, pathRule } from '@latentkit/core/options';
import { RUN_SUBFOLDERS } from '../files/run-files.ts';

/**
 * Makes sure that the folders within a run are not links that lead out of it, before anything is written or deleted there: what
 * lies behind them is not the run's. The run's own folder may be one.
 *
 * @param names of folders in the run: all that its files lie in by default.
 * @throws `E_EXISTS` naming the link.
 * @example
 * await checkNoLinkOut('runs/first');
 */
export async function checkNoLinkOut(
  directory: string,
  names: readonly string[] = RUN_SUBFOLDERS,
): Promise<void> {
  checkValue('checkNoLinkOut', 'directory', directory, pathRule);
  checkValue('checkNoLinkOut', 'names', names, listRule);
  for (const name of names) {
    const path = join(directory, name);
    const found = await lstat(path).catch(() => undefined); // whether it can be looked at is not asked here
    if (!found?.isSymbolicLink()) continue;
    const target = await realpath(path).catch(() => undefined);
    if (target?.startsWith(`${await realpath(directory)}${sep}`)) continue;
    throw new LatentkitError(
      'E_EXISTS',
      `${path} is a link that leads out of the run, to ${await readlink(path)}: nothing is written or deleted there`,
      { fix: 'Remove the link; a whole run may be a link to another disk' },
    );
  }
}
