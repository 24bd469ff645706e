import { isBuiltin } from 'node:module';
import { importedFiles } from './circles.js';
import { readImports, stripComments } from './source-text.js';

/** Every package's floor: imports go strictly downwards. `testing` sits between two floors and serves tests only. */
const FLOORS = {
  core: 0,
  kernels: 1,
  formats: 1,
  sweeps: 1,
  testing: 1.5,
  backend: 2,
  datasets: 2,
  projections: 2,
  figures: 2,
  terminal: 2,
  jobs: 2,
  losses: 3,
  models: 4,
  objectives: 5,
  interop: 5,
  trainers: 6,
  evaluation: 6.5,
  experiment: 7,
  cli: 8,
  bench: 8,
  web: 8,
  latentkit: 8,
  'same-bits': 7.5,
  'testing-browser': 7.7,
};
const WITHOUT_TFJS = ['projections', 'figures', 'datasets', 'formats', 'kernels', 'core'];
const LOSSES_MAY_IMPORT = ['@latentkit/core', '@tensorflow/tfjs-core'];
/** Free to use Node and the console; `terminal` serves the apps' commands and nothing else. */
const APPS = ['cli', 'bench', 'web', 'terminal'];
const RE_EXPORT = /\bexport\s+(?:type\s+)?(?:\*(?:\s+as\s+\w+)?|\{[^}]*\})\s*from\s*(['"])[^'"]+\1\s*;?/g;
const RUNTIME_FIELDS = ['dependencies', 'peerDependencies', 'optionalDependencies'];

const shortName = (name) => name.replace(/^@latentkit\//, '');
const isOurs = (name) => name === 'latentkit' || name.startsWith('@latentkit/');
const isTest = (path) => path.endsWith('.test.ts') || path.startsWith('src/testing/');
const isNodeEntry = (path) => path === 'src/node.ts' || path.startsWith('src/node/');
const packageOf = (specifier) => specifier.match(/^(?:@[^/]+\/)?[^/]+/)?.[0] ?? specifier;

/**
 * Every breach of the floors and of the rules that go with them, a sentence each.
 *
 * @param {{ folder: string, manifest: object, files: Record<string, string> }[]} packages
 *   each package's folder, package.json and source texts by path inside the folder (`src/index.ts`).
 * @returns {string[]}
 */
export function findBreaches(packages) {
  return packages.flatMap((one) => {
    const name = shortName(one.manifest.name);
    if (name === 'tsconfig') return [];
    if (FLOORS[name] === undefined)
      return [`${one.folder}: '${name}' has no floor; give it one in scripts/lib/floors.js`];
    const breaches = breachesOfManifest(name, one.manifest).map(
      (text) => `${one.folder}/package.json: ${text}`,
    );
    const nodeOnly = findNodeOnlyFiles(one);
    for (const [path, text] of Object.entries(one.files)) {
      const found = breachesOfFile(name, one.manifest, path, text, nodeOnly.has(path));
      breaches.push(...found.map((breach) => `${one.folder}/${path}: ${breach}`));
    }
    return breaches;
  });
}

function breachesOfManifest(name, manifest) {
  return [...RUNTIME_FIELDS, 'devDependencies'].flatMap((field) =>
    Object.keys(manifest[field] ?? {}).flatMap((target) =>
      breachesOfImport(name, target, field === 'devDependencies'),
    ),
  );
}

function breachesOfFile(name, manifest, path, text, nodeOnly) {
  const test = isTest(path);
  const app = APPS.includes(name);
  const breaches = [];
  for (const specifier of readImports(text)) {
    if (specifier.startsWith('.')) continue;
    if (isBuiltin(specifier)) {
      if (!app && !test && !nodeOnly) breaches.push(`${specifier} belongs behind a src/node.ts entry`);
      continue;
    }
    const target = packageOf(specifier);
    breaches.push(...breachesOfImport(name, target, test));
    if (!test && !RUNTIME_FIELDS.some((field) => manifest[field]?.[target])) {
      breaches.push(`imports ${target}, which its package.json does not declare`);
    }
  }
  if (!app && !test && /\bconsole\s*\./.test(stripComments(text, { strings: false }))) {
    breaches.push('console.* belongs in the apps');
  }
  if (name === 'latentkit' && !test && stripComments(text).replace(RE_EXPORT, '').trim() !== '') {
    breaches.push('the umbrella package holds re-exports only');
  }
  return breaches;
}

/** Breaches of one import (or declared dependency) of a package. */
function breachesOfImport(name, target, test) {
  const breaches = [];
  const short = shortName(target);
  if (test && short === name) return []; // a test may look at its package as users see it
  if (isOurs(target) && short !== 'tsconfig') {
    if (short === 'testing' && !test) breaches.push('@latentkit/testing is for tests only');
    if (!(FLOORS[short] < FLOORS[name]))
      breaches.push(`may not import ${target}: imports go strictly downwards`);
  }
  if (target.startsWith('@tensorflow/') && WITHOUT_TFJS.includes(name)) {
    breaches.push(`may not import ${target}: this package serves people without tfjs`);
  }
  if (name === 'losses' && !test && !LOSSES_MAY_IMPORT.includes(target)) {
    breaches.push(`may not import ${target}: losses stand on ${LOSSES_MAY_IMPORT.join(' and ')} alone`);
  }
  return breaches;
}

/** Files that only a Node entry (src/node.ts, src/node/**) leads to, and no other entry of the package. */
function findNodeOnlyFiles({ manifest, files }) {
  const targets = Object.values(manifest.exports ?? {}).map((entry) => entry.default ?? entry);
  const sources = targets.map((target) => target.replace('./dist/', 'src/').replace(/\.js$/, '.ts'));
  const portable = reach(
    sources.filter((path) => files[path] !== undefined && !isNodeEntry(path)),
    files,
  );
  const fromNode = reach(Object.keys(files).filter(isNodeEntry), files);
  return new Set([...fromNode].filter((path) => !portable.has(path)));
}

function reach(entries, files) {
  const reached = new Set(entries);
  for (const path of reached) for (const target of importedFiles(path, files)) reached.add(target);
  return reached;
}
