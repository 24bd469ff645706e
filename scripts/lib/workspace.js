import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's root folder. */
export const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/**
 * Every workspace package under packages/ and apps/.
 *
 * @returns {{ name: string, folder: string, path: string, manifest: any }[]} folder relative to the root, path absolute.
 */
export function listPackages() {
  return ['packages', 'apps'].flatMap((group) =>
    readdirSync(join(ROOT, group))
      .sort()
      .filter((entry) => existsSync(join(ROOT, group, entry, 'package.json')))
      .map((entry) => {
        const path = join(ROOT, group, entry);
        const manifest = JSON.parse(readFileSync(join(path, 'package.json'), 'utf8'));
        return { name: manifest.name, folder: `${group}/${entry}`, path, manifest };
      }),
  );
}

/** The packages that go to the registry. */
export function listPublicPackages() {
  return listPackages().filter(({ manifest }) => !manifest.private);
}

/** The public packages that are imported, not run: those with an entry. */
export function listLibraries() {
  return listPublicPackages().filter(({ manifest }) => manifest.bin === undefined);
}

/** File names of the numbered examples, in order. */
export function listExamples() {
  return readdirSync(join(ROOT, 'examples'))
    .filter((name) => /^\d\d-.*\.js$/.test(name))
    .sort();
}

/** The versions of pnpm-workspace.yaml's catalog, by package name. */
export function readCatalog() {
  const text = readFileSync(join(ROOT, 'pnpm-workspace.yaml'), 'utf8');
  const section = text.slice(text.indexOf('\ncatalog:\n') + '\ncatalog:\n'.length);
  const rows = section.matchAll(/^ {2}"?([^":\s]+)"?: *"?([^"\s#]+)/gm);
  return Object.fromEntries([...rows].map((row) => [row[1], row[2]]));
}
