import { access, mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { checkValue, pathRule } from '@latentkit/core/options';
import { isMissing } from './is-missing.ts';

/**
 * As `mkdir -p`, a level at a time: Node's own never returns where a folder can be neither found nor made (/proc, a
 * working folder that was deleted).
 *
 * @returns whether it was not there before.
 * @throws what the system says.
 */
export async function makeFolders(path: string): Promise<boolean> {
  checkValue('makeFolders', 'path', path, pathRule);
  try {
    return await makeFolder(path);
  } catch (error) {
    const above = dirname(path);
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || above === path) throw error;
    // Somebody else may have made it meanwhile: then it is tried again, and where nothing can be made that fails again.
    if (!(await isThere(above))) await makeFolders(above);
    return await makeFolder(path);
  }
}

/**
 * One folder, in another that is there.
 *
 * @returns whether it was not there before.
 */
export async function makeFolder(path: string): Promise<boolean> {
  try {
    await mkdir(path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST' && (await stat(path)).isDirectory()) return false;
    throw error;
  }
}

/** A folder and those above it, as far as they are not there, it first. */
export async function missingFolders(path: string): Promise<string[]> {
  const isMissing = !(await stat(path).then(
    () => true,
    () => false,
  ));
  const above = dirname(path);
  return isMissing && above !== path ? [path, ...(await missingFolders(above))] : [];
}

/** Whether there is something of that name, or something that keeps us from knowing. */
export async function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    (error: unknown) => !isMissing(error),
  );
}
