import { stat } from 'node:fs/promises';
import { LatentkitError } from '@latentkit/core';
import { checkValue, pathRule } from '@latentkit/core/options';

/**
 * Refuses what is there and is no file: a pipe would be waited for without an end, and a device has none. What is not there is told by who
 * opens it.
 *
 * @throws `E_FORMAT` for a pipe, a device or a folder.
 * @example
 * await requireFile('labels.csv');
 * const bytes = await readFile('labels.csv');
 */
export async function requireFile(path: string): Promise<void> {
  checkValue('requireFile', 'path', path, pathRule);
  const found = await stat(path).catch(() => undefined);
  if (!found || found.isFile()) return;
  const what = found.isDirectory() ? 'a folder' : 'a pipe or a device';
  throw new LatentkitError('E_FORMAT', `cannot read ${path}: it is no file, but ${what}`, {
    fix: found.isDirectory() ? 'Name a file in it' : 'Write what it holds into a file',
  });
}
