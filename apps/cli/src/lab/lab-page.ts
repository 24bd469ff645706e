import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LatentkitError } from '@latentkit/core';

/** A file of a site: on the disk, or in memory. */
export type SiteFile = { readonly path: string; readonly bytes?: undefined } | { readonly bytes: Uint8Array };

/** Files by their address below the site's, with slashes. */
export type Site = ReadonlyMap<string, SiteFile>;

const BUILT = fileURLToPath(new URL('../../../web/dist', import.meta.url));

/**
 * The lab's page, as it was built.
 *
 * @throws `E_NOT_FOUND` where it was not.
 */
export async function labPage(folder = BUILT): Promise<Site> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const site = new Map(files.map((path) => [relative(folder, path).split(sep).join('/'), { path }]));
  if (site.has('index.html')) return site;
  throw new LatentkitError('E_NOT_FOUND', `the lab is not built: expected ${join(folder, 'index.html')}`, {
    fix: 'In a clone of Latentkit, build it: npx -y pnpm@12 app:web:build',
  });
}

export async function bytesOf(file: SiteFile): Promise<Uint8Array> {
  return file.bytes ?? readFile(file.path);
}
