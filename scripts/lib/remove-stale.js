import { existsSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What the compiler makes of a source, by its ending. */
const MADE = /(?:\.d\.ts|\.js|\.js\.map)$/;

/** Sources that other scripts write while building: that they are not there yet says nothing. */
const GENERATED = /^generated[/\\]/;

/** Sources that a build leaves out (`exclude` of every tsconfig.json). */
const LEFT_OUT = /^testing[/\\]|\.test$/;

/**
 * Removes the files of a package's `dist` that its `src` no longer makes, and folders that become empty. A package without a
 * build of its own is left alone: what is in its `dist` another tool made, as Vite the lab's page, which clears it itself.
 *
 * @param {{ path: string, manifest: { scripts?: Record<string, string> } }} one the package: its folder and package.json.
 * @returns {string[]} those removed, relative to `dist`.
 */
export function removeStale({ path, manifest }) {
  const dist = join(path, 'dist');
  if (!manifest.scripts?.build || !existsSync(dist)) return [];
  const isStale = (name) => {
    if (!MADE.test(name) || GENERATED.test(name)) return false;
    const source = name.replace(MADE, '');
    return LEFT_OUT.test(source) || !existsSync(join(path, 'src', `${source}.ts`));
  };
  const stale = readdirSync(dist, { recursive: true, encoding: 'utf8' }).filter(isStale).sort();
  for (const name of stale) rmSync(join(dist, name));
  for (const name of stale) removeEmpty(dist, dirname(name));
  return stale;
}

function removeEmpty(root, folder) {
  if (folder === '.' || !existsSync(join(root, folder)) || readdirSync(join(root, folder)).length > 0) return;
  rmSync(join(root, folder), { recursive: true });
  removeEmpty(root, dirname(folder));
}
