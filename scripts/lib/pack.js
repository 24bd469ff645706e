import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from './run.js';

/**
 * Packs a package as it would be published.
 *
 * @param {{ name: string, path: string }} one as from listPackages.
 * @param {string} folder where its own subfolder with the tarball goes.
 * @returns {Promise<string>} the tarball's path.
 */
export async function pack({ name, path }, folder) {
  const own = join(folder, name.replace('@', '').replace('/', '-'));
  await mkdir(own, { recursive: true });
  await run('pnpm', ['pack', '--pack-destination', own], { cwd: path });
  const tarball = (await readdir(own)).find((file) => file.endsWith('.tgz'));
  if (tarball === undefined) throw new Error(`pnpm pack left no tarball for ${name}`);
  return join(own, tarball);
}

/** Packs several packages, by name, and notes on each where its tarball is. */
export async function packAll(packages, folder) {
  await Promise.all(
    [...packages.values()].map(async (one) => {
      one.tarball = await pack(one, folder);
    }),
  );
}
