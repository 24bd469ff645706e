import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LatentkitError } from '@latentkit/core';

/** Files by their address below the site's, with slashes. */
export type Site = ReadonlyMap<string, Uint8Array>;

const BUILT = fileURLToPath(new URL('../../../web/dist', import.meta.url));

/** What the page itself asks for at once, in `index.html`. */
const ASKED_FOR = /\b(?:src|href)="\.\/([^"]+)"/g;

/**
 * The lab's page, as it was built: read whole, so that a build meanwhile takes nothing from under who looks at it.
 *
 * @throws `E_NOT_FOUND` where it was not, or is not there whole.
 */
export async function labPage(folder = BUILT): Promise<Site> {
  const fix = 'In a clone of Latentkit, build it: npx -y pnpm@12 app:web:build';
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const site = new Map<string, Uint8Array>();
  for (const path of paths) site.set(relative(folder, path).split(sep).join('/'), await readFile(path));
  const index = site.get('index.html');
  if (!index) {
    const expected = join(folder, 'index.html');
    throw new LatentkitError('E_NOT_FOUND', `the lab is not built: expected ${expected}`, { fix });
  }
  for (const [, name] of new TextDecoder().decode(index).matchAll(ASKED_FOR)) {
    if (site.has(name!)) continue;
    const lost = `the lab's page is not whole: its index.html asks for ${join(folder, name!)}, which is not there`;
    throw new LatentkitError('E_NOT_FOUND', lost, { fix });
  }
  return site;
}
