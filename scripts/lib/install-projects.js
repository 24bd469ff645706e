import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './run.js';
import { readCatalog } from './workspace.js';

/**
 * A stranger's projects that know Latentkit by its tarballs alone. One install serves them all; without hoisting, none
 * sees a package that it, or a package of its own, did not declare. Versions are the tarballs' and the catalog's.
 *
 * @param {string} folder where each project gets a folder of its name.
 * @param {Map<string, { tarball: string }>} packages the packed ones, by name.
 * @param {Record<string, readonly string[]>} projects the packages that each depends on; `name@npm:...` brings its version.
 */
export async function installProjects(folder, packages, projects) {
  const catalog = readCatalog();
  const versionOf = (name) => {
    const packed = packages.get(name);
    if (packed !== undefined) return `file:${packed.tarball}`;
    if (catalog[name] === undefined)
      throw new Error(`no version of ${name}: neither packed nor in the catalog`);
    return catalog[name];
  };
  const entryOf = (dependency) => {
    const at = dependency.indexOf('@npm:');
    return at < 0 ? [dependency, versionOf(dependency)] : [dependency.slice(0, at), dependency.slice(at + 1)];
  };
  for (const [name, needed] of Object.entries(projects)) {
    const dependencies = Object.fromEntries(needed.map(entryOf));
    const manifest = { name, private: true, type: 'module', dependencies };
    mkdirSync(join(folder, name), { recursive: true });
    writeFileSync(join(folder, name, 'package.json'), JSON.stringify(manifest, null, 2));
  }
  writeFileSync(join(folder, 'package.json'), '{ "private": true }');
  const overrides = [...packages].map(([name, { tarball }]) => `  "${name}": "file:${tarball}"\n`).join('');
  // tsne-js takes events from Node; for pages people install it beside, where npm's flat folders let it be found.
  const extensions = `packageExtensions:\n  tsne-js:\n    dependencies:\n      events: ${catalog.events}\n`;
  const builds = '  node: true\n  core-js: false\n  esbuild: false\n  sharp: false\n';
  writeFileSync(
    join(folder, 'pnpm-workspace.yaml'),
    `packages:\n  - "*"\nhoist: false\nallowBuilds:\n${builds}${extensions}overrides:\n${overrides}`,
  );
  await run('pnpm', ['install', '--prefer-offline', '--no-frozen-lockfile'], { cwd: folder });
}
