import { copyFileSync, mkdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { readmeInstalls } from '../lib/first-snippet.js';
import { installProjects } from '../lib/install-projects.js';
import { NODE_22 } from '../lib/node-22.js';
import { listExamples, ROOT, readCatalog } from '../lib/workspace.js';

/**
 * The projects of a stranger who uses the packages in Node: `reuse` (losses in a tfjs project), `node22` (all of it under
 * Node 22) and one project for each package by itself.
 *
 * @param {string} folder an empty one.
 * @param {Map<string, { name: string, path: string, manifest: any, tarball: string }>} packages the packed ones, by name.
 */
export async function createConsumer(folder, packages) {
  const catalog = readCatalog();
  const { dependencies } = JSON.parse(readFileSync(join(ROOT, 'examples/package.json'), 'utf8'));
  const known = Object.keys(dependencies).filter((name) => packages.has(name) || catalog[name] !== undefined);
  const projects = { node22: [`node22@${NODE_22}`, ...known] };
  for (const one of packages.values()) {
    const { peerDependencies = {}, peerDependenciesMeta = {} } = one.manifest;
    const peers = Object.keys(peerDependencies).filter((name) => !peerDependenciesMeta[name]?.optional);
    projects[aloneProject(one)] = [one.name, ...peers, ...readmeInstalls(one.path, one.name)];
  }
  const copied = [
    ['packages/trainers/scripts/golden-traces.js', 'node22'],
    ...listExamples().map((file) => [`examples/${file}`, 'node22']),
  ];
  if (packages.has('@latentkit/losses')) {
    const tfjs = ['@tensorflow/tfjs-core', '@tensorflow/tfjs-backend-cpu'];
    projects.reuse = ['@latentkit/core', '@latentkit/losses', ...tfjs, 'vite'];
    copied.push(...['main.js', 'vite.config.js'].map((file) => [`scripts/consumer/reuse/${file}`, 'reuse']));
  }
  for (const [file, project] of copied) {
    const copy = join(folder, project, basename(file));
    mkdirSync(dirname(copy), { recursive: true });
    copyFileSync(join(ROOT, file), copy);
  }
  await installProjects(folder, packages, projects);
}

/** The folder of the project that holds one package and nothing else. */
export function aloneProject({ path }) {
  return `alone-${basename(path)}`;
}
