import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LatentkitError } from '@latentkit/core';

/** Files by their address below the site's, with slashes. */
export type Site = ReadonlyMap<string, Uint8Array>;

const PACKAGE = fileURLToPath(new URL('../..', import.meta.url));
const SOURCE = join(PACKAGE, '../web');
const IS_CLONE = existsSync(join(SOURCE, 'vite.config.ts'));
/** Where the page is: in a clone as it was last built, else as the package brought it. */
export const BUILT = IS_CLONE ? join(SOURCE, 'dist') : join(PACKAGE, 'lab');
export const FIX = IS_CLONE
  ? 'Build it: npx -y pnpm@12 app:web:build'
  : 'The installed package is damaged; install it anew: npm install @latentkit/cli';

/** Below it, the map for pages of others: no part of the lab. */
export const EMBED = 'embed';

/** What the page itself asks for at once, in `index.html`. */
const ASKED_FOR = /\b(?:src|href)="\.\/([^"]+)"/g;

/**
 * The lab's page, as it was built: read whole, so that a build meanwhile takes nothing from under who looks at it.
 *
 * @throws `E_NOT_FOUND` where it was not, or is not there whole.
 */
export async function labPage(folder = BUILT): Promise<Site> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const site = new Map<string, Uint8Array>();
  for (const path of paths) {
    const name = relative(folder, path).split(sep).join('/');
    if (!name.startsWith(`${EMBED}/`)) site.set(name, await readFile(path));
  }
  const index = site.get('index.html');
  if (!index) {
    const expected = join(folder, 'index.html');
    throw new LatentkitError('E_NOT_FOUND', `the lab is not built: expected ${expected}`, { fix: FIX });
  }
  for (const [, name] of new TextDecoder().decode(index).matchAll(ASKED_FOR)) {
    if (site.has(name!)) continue;
    const lost = `the lab's page is not whole: its index.html asks for ${join(folder, name!)}, which is not there`;
    throw new LatentkitError('E_NOT_FOUND', lost, { fix: FIX });
  }
  return site;
}
