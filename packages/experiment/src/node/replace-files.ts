import { rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isThere, makeFolder } from '@latentkit/formats/node';

export interface ReplaceFilesOptions {
  /** The folder whose files are replaced. */
  folder: string;
  /** Where the new ones lie, on the same disk; it is gone afterwards. */
  from: string;
  /** A folder to be made for the old ones meanwhile. */
  aside: string;
  /** Every path, at most one level deep, that belongs to the old files or the new ones. */
  paths: readonly string[];
}

/**
 * Puts new files in the place of old ones, all of them or none: the old ones are moved aside, and moved back when the
 * system refuses anything. After a kill on the way {@link finishReplacing} does the rest.
 *
 * @throws what the system says; the old files are then where they were.
 */
export async function replaceFiles({ folder, from, aside, paths }: ReplaceFilesOptions): Promise<void> {
  const undo: (() => Promise<void>)[] = [];
  const move = async (source: string, target: string) => {
    if (!(await moveIfThere(source, target))) return;
    undo.push(() => rename(target, source));
  };
  const filling = fillingOf(aside);
  try {
    await makeFolder(filling);
    for (const path of paths) await move(join(folder, path), join(filling, path));
    await move(filling, aside);
    for (const path of paths) await move(join(from, path), join(folder, path));
  } catch (error) {
    for (const back of undo.reverse()) await back();
    await rm(filling, { recursive: true, force: true });
    throw error;
  }
  await remove(aside, from);
}

/**
 * Brings what a killed {@link replaceFiles} left to an end: back while the old files were still being moved aside, and
 * forward once all of them were.
 */
export async function finishReplacing({ folder, from, aside, paths }: ReplaceFilesOptions): Promise<void> {
  const filling = fillingOf(aside);
  if (await isThere(aside)) {
    for (const path of paths) await moveIfThere(join(from, path), join(folder, path));
  } else {
    for (const path of paths) await moveIfThere(join(filling, path), join(folder, path));
  }
  await remove(filling, aside, from);
}

/** Its name while not all old files are in it. */
export function fillingOf(aside: string): string {
  return `${aside}-part`;
}

async function moveIfThere(source: string, target: string): Promise<boolean> {
  if (!(await isThere(source))) return false;
  await makeFolder(dirname(target));
  await rename(source, target);
  return true;
}

async function remove(...folders: string[]): Promise<void> {
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
}
