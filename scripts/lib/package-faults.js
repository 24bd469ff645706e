import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const HOME = 'https://github.com/latentkit/latentkit';
const RELATIVE = /\]\((?!https?:|mailto:|#)([^)\s]+)\)|\b(?:src|href)="(?!https?:|mailto:|data:|#)([^"]+)"/g;
const SOURCE_MAP = /^\/\/# sourceMappingURL=(.+)$/m;

/**
 * What a stranger would miss in a package's metadata, a sentence each.
 *
 * @param {{ folder: string, manifest: any }} one as from listPackages.
 */
export function findManifestFaults({ folder, manifest }) {
  const expected = {
    homepage: `${HOME}/tree/main/${folder}#readme`,
    bugs: `${HOME}/issues`,
    repository: { type: 'git', url: `git+${HOME}.git`, directory: folder },
  };
  const faults = Object.entries(expected)
    .filter(([field, value]) => JSON.stringify(manifest[field]) !== JSON.stringify(value))
    .map(([field, value]) => `package.json: expected ${field} ${JSON.stringify(value)}`);
  for (const field of ['description', 'license']) {
    if (!manifest[field]) faults.push(`package.json: no ${field}`);
  }
  if (!(manifest.keywords?.length > 2)) faults.push('package.json: fewer than 3 keywords');
  if (!manifest.engines?.node) faults.push('package.json: no engines.node');
  return faults;
}

/** Links and pictures of a README that would lead nowhere on npm, where no file lies beside it. */
export function findReadmeFaults(text) {
  return [...text.matchAll(RELATIVE)].map(
    ([, link, source]) => `README.md: ${link ?? source} is relative: npm needs its address`,
  );
}

/** Files of an unpacked package whose source map is not there, or holds no sources. */
export function findMapFaults(folder) {
  const files = readdirSync(folder, { recursive: true }).filter((file) => /\.(?:m?js|css)$/.test(file));
  return files.flatMap((file) => {
    const path = join(folder, file);
    const map = readFileSync(path, 'utf8').match(SOURCE_MAP)?.[1];
    if (map === undefined)
      return file.startsWith('dist')
        ? [`${file}: no source map (if it is left of an older build, remove dist)`]
        : [];
    const mapPath = join(dirname(path), map);
    if (!existsSync(mapPath)) return [`${file}: its source map ${map} is not there`];
    const { sources, sourcesContent = [] } = JSON.parse(readFileSync(mapPath, 'utf8'));
    const empty = sources.filter((_, i) => typeof sourcesContent[i] !== 'string');
    return empty.map((source) => `${file}: its source map lacks the text of ${source}`);
  });
}

/** Everything that installing a package brings, by name, itself left out; npm packages count, what they need does not. */
export function dependencyClosure(name, packages) {
  const found = new Set([name]);
  for (const one of found) {
    for (const needed of Object.keys(packages.get(one)?.manifest.dependencies ?? {})) found.add(needed);
  }
  found.delete(name);
  return [...found].sort();
}
