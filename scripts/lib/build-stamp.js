import { createHash } from 'node:crypto';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const SKIPPED = new Set(['node_modules', '.turbo']);
const SHARED = ['package.json', 'pnpm-lock.yaml', 'turbo.json'];

/**
 * What a build reads and makes, by the names, sizes and times of the files: that it is what it was tells in a few
 * milliseconds that there is nothing to build, for which turbo takes more than a second.
 *
 * @param {string} root of the repository.
 * @param {readonly string[]} folders of the packages, in it.
 * @returns {string} a digest.
 */
export function stampOf(root, folders) {
  const hash = createHash('sha256');
  const add = (path) => {
    const { size, mtimeMs } = statSync(path);
    hash.update(`${path}\n${size}\n${mtimeMs}\n`);
  };
  const walk = (folder) => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      if (SKIPPED.has(entry.name)) continue;
      const path = join(folder, entry.name);
      if (entry.isDirectory()) walk(path);
      else add(path);
    }
  };
  for (const name of SHARED) add(join(root, name));
  for (const folder of folders) walk(join(root, folder));
  return hash.digest('hex');
}
