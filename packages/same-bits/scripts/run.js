// Trains two recipes for 50 steps in Node 24 and Node 22, eagerly and recorded, on 1 to 4 workers, with V8's
// revectorization and without; and makes maps by PCA, t-SNE and UMAP there: all must be those of same-bits.json, bit for
// bit. (Chromium: pnpm browser.)
// Run: pnpm same-bits
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { installNode22 } from '../../../scripts/lib/node-22.js';
import { createReport } from '../../../scripts/lib/report.js';
import { run } from '../../../scripts/lib/run.js';
import { withTempFolder } from '../../../scripts/lib/temp-folder.js';
import { describeDifference, METHODS, RECIPES } from '../src/index.ts';

const TRAIN = fileURLToPath(new URL('train.js', import.meta.url));
const MAP = fileURLToPath(new URL('map.js', import.meta.url));
const OFF = { LATENTKIT_REVECTORIZE: '0' };
const DENSE = ['keras-dense'];
const [on, off] = [{ revectorize: true }, { revectorize: false }];

const ON_NODE_24 = [
  { name: 'eager', ...on },
  { name: 'eager, LATENTKIT_REVECTORIZE=0', recipes: DENSE, ...on, env: OFF },
  { name: '1 worker', workers: 1, ...on },
  { name: '2 workers', workers: 2, ...on },
  { name: '3 workers', workers: 3, ...on },
  { name: '4 workers', workers: 4, ...on },
  { name: '1 worker, revectorize: false', workers: 1, ...off },
  { name: '2 workers, LATENTKIT_REVECTORIZE=0', workers: 2, recipes: DENSE, ...on, env: OFF },
];
// Its V8 cannot revectorize.
const ON_NODE_22 = [
  { name: 'eager', recipes: DENSE, ...on },
  { name: '1 worker', workers: 1, ...on },
  { name: '2 workers', workers: 2, ...on },
];

const expected = JSON.parse(readFileSync(new URL('../same-bits.json', import.meta.url), 'utf8'));
const first = {};

/** Trains in a process of its own. Throws when a weight is not the expected one. */
async function trainBy(node, name, { workers, revectorize, recipes = RECIPES, env }) {
  const stdout = await run(node, [TRAIN, JSON.stringify({ workers, revectorize, recipes })], { env });
  const result = JSON.parse(stdout);
  if (result.workers !== workers) throw new Error(`expected ${workers} workers, got ${result.workers}`);
  const differences = recipes.map((recipe) => {
    const got = result.traces[recipe];
    const difference = describeDifference({ recipe, got, expected: expected[recipe], other: first[recipe] });
    first[recipe] ??= { name, trace: got };
    return difference;
  });
  const found = differences.filter((text) => text !== undefined);
  if (found.length > 0) throw new Error(found.join('\n'));
  return recipes.join(', ');
}

/** Makes maps in a process of its own. Throws when one is not the expected one. */
async function mapBy(node, env) {
  const hashes = JSON.parse(await run(node, [MAP], { env }));
  const wrong = METHODS.filter((method) => hashes[method] !== expected[method]);
  if (wrong.length === 0) return METHODS.join(', ');
  throw new Error(wrong.map((name) => `${name}: expected ${expected[name]}, got ${hashes[name]}`).join('\n'));
}

const report = createReport('same-bits');
for (const one of ON_NODE_24) {
  const name = `Node ${process.versions.node}, ${one.name}`;
  await report.check(name, () => trainBy(process.execPath, name, one));
}
for (const [name, env] of [['maps'], ['maps, LATENTKIT_REVECTORIZE=0', OFF]]) {
  await report.check(`Node ${process.versions.node}, ${name}`, () => mapBy(process.execPath, env));
}
await withTempFolder(async (folder) => {
  let node22;
  const installed = await report.check('install Node 22', async () => {
    node22 = await installNode22(folder);
    return (await run(node22, ['-p', 'process.version'])).trim();
  });
  if (!installed) return;
  for (const one of ON_NODE_22) {
    const name = `Node 22, ${one.name}`;
    await report.check(name, () => trainBy(node22, name, one));
  }
  await report.check('Node 22, maps', () => mapBy(node22));
});
report.finish();
