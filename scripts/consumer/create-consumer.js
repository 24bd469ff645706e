import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { readmeInstalls } from '../lib/first-snippet.js';
import { NODE_22 } from '../lib/node-22.js';
import { run } from '../lib/run.js';
import { listExamples, ROOT, readCatalog } from '../lib/workspace.js';

/**
 * A stranger's projects that know Latentkit by its tarballs alone: `reuse` (losses in a tfjs project), `node22` (all of
 * it under Node 22) and one project for each package by itself. One install serves them all; without hoisting, none sees
 * a package that it, or a package of its own, did not declare.
 *
 * @param {string} folder an empty one.
 * @param {Map<string, { name: string, path: string, manifest: any, tarball: string }>} packages the packed ones, by name.
 */
export async function createConsumer(folder, packages) {
  const catalog = readCatalog();
  const versionOf = (name) => {
    const packed = packages.get(name);
    if (packed !== undefined) return `file:${packed.tarball}`;
    if (catalog[name] === undefined)
      throw new Error(`no version of ${name}: neither packed nor in the catalog`);
    return catalog[name];
  };
  const addProject = (name, dependencies) => {
    mkdirSync(join(folder, name), { recursive: true });
    const manifest = { name, private: true, type: 'module', dependencies };
    writeFileSync(join(folder, name, 'package.json'), JSON.stringify(manifest, null, 2));
  };
  const versionsOf = (names) => Object.fromEntries(names.map((name) => [name, versionOf(name)]));

  for (const one of packages.values()) {
    const project = aloneProject(one);
    const peers = Object.keys(one.manifest.peerDependencies ?? {});
    addProject(project, versionsOf([one.name, ...peers, ...readmeInstalls(one.path, one.name)]));
  }

  if (packages.has('@latentkit/losses')) {
    const tfjs = ['@tensorflow/tfjs-core', '@tensorflow/tfjs-backend-cpu'];
    addProject('reuse', versionsOf(['@latentkit/core', '@latentkit/losses', ...tfjs, 'vite']));
    for (const file of ['main.js', 'vite.config.js']) {
      copyFileSync(join(ROOT, 'scripts/consumer/reuse', file), join(folder, 'reuse', file));
    }
  }

  const { dependencies } = JSON.parse(readFileSync(join(ROOT, 'examples/package.json'), 'utf8'));
  const known = Object.keys(dependencies).filter((name) => packages.has(name) || catalog[name] !== undefined);
  addProject('node22', { node22: NODE_22, ...versionsOf(known) });
  const goldenTraces = join(ROOT, 'packages/trainers/scripts/golden-traces.js');
  if (existsSync(goldenTraces)) copyFileSync(goldenTraces, join(folder, 'node22', basename(goldenTraces)));
  for (const file of listExamples()) copyFileSync(join(ROOT, 'examples', file), join(folder, 'node22', file));

  writeFileSync(join(folder, 'package.json'), '{ "private": true }');
  const overrides = [...packages.values()]
    .map(({ name, tarball }) => `  "${name}": "file:${tarball}"\n`)
    .join('');
  writeFileSync(
    join(folder, 'pnpm-workspace.yaml'),
    `packages:\n  - "*"\nhoist: false\nallowBuilds:\n  node: true\n  core-js: false\n  esbuild: false\noverrides:\n${overrides}`,
  );
  await run('pnpm', ['install', '--prefer-offline', '--no-frozen-lockfile'], { cwd: folder });
}

/** The folder of the project that holds one package and nothing else. */
export function aloneProject({ path }) {
  return `alone-${basename(path)}`;
}
