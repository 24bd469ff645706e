// Prints how long nearest neighbours and quality take on this machine, one thread, and the recall of approximate searches.
// Run after a build: LATENTKIT_MNIST_DIR=<folder> node packages/projections/scripts/measure-neighbors.js [part of a name]
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { createRandom, Stream } from '@latentkit/core';
import { createNeighborSearch, measureQuality } from '@latentkit/projections';

const PIXELS = 784;
const folder = process.env.LATENTKIT_MNIST_DIR;
if (!folder) throw new Error('LATENTKIT_MNIST_DIR must name the folder with the MNIST files');

function images(part, count) {
  const bytes = gunzipSync(readFileSync(join(folder, `${part}-images-idx3-ubyte.gz`))).subarray(16);
  return {
    data: Float32Array.from(bytes.subarray(0, count * PIXELS), (x) => x / 255),
    count,
    dimensions: PIXELS,
  };
}

const gaussian = (count, dimensions) => {
  const random = createRandom({ seed: 3, stream: Stream.projection });
  const data = Float32Array.from({ length: count * dimensions }, () => random.normal());
  return { data, count, dimensions };
};

/** A random projection, which keeps distances about. */
function project({ data, count, dimensions }, to) {
  const matrix = gaussian(dimensions, to).data;
  const projected = new Float32Array(count * to);
  for (let i = 0; i < count; i++) {
    for (let d = 0; d < dimensions; d++) {
      const x = data[i * dimensions + d];
      for (let c = 0; x !== 0 && c < to; c++) projected[i * to + c] += x * matrix[d * to + c];
    }
  }
  return { data: projected, count, dimensions: to };
}

async function search(points, options) {
  const start = performance.now();
  const one = await createNeighborSearch(points, options);
  let longest = 0;
  while (!one.graph) {
    const begin = performance.now();
    one.step();
    longest = Math.max(longest, performance.now() - begin);
  }
  return { graph: one.graph, seconds: (performance.now() - start) / 1000, longest };
}

const report = (name, { seconds, longest }, more = '') =>
  console.log(`${name}: ${seconds.toFixed(2)} s, longest step ${longest.toFixed(0)} ms${more}`);

function recall(found, exact) {
  let hits = 0;
  for (let i = 0; i < found.count; i++) {
    const row = new Set(exact.indices.subarray(i * found.k, (i + 1) * found.k));
    for (const index of found.indices.subarray(i * found.k, (i + 1) * found.k)) if (row.has(index)) hits++;
  }
  return hits / found.indices.length;
}

const exactCase = (name, make, rounds) => [
  name,
  async () => {
    const points = make();
    for (let round = 0; round < rounds; round++)
      report(name, await search(points, { k: 15, method: 'exact' }));
  },
];

const approximateCase = (name, make, k) => [
  name,
  async () => {
    const points = make();
    const approximate = await search(points, { k, method: 'approximate' });
    const exact = await search(points, { k, method: 'exact' });
    report(name, approximate, `, recall ${recall(approximate.graph, exact.graph).toFixed(4)}`);
    report(`${name}, exact`, exact);
  },
];

const train50 = () => project(images('train', 60_000), 50);
const CASES = [
  exactCase('2,000 x 784', () => images('t10k', 2000), 4),
  exactCase('10,000 x 784', () => images('t10k', 10_000), 4),
  approximateCase('60,000 x 50, k = 15', train50, 15),
  approximateCase('60,000 x 50, k = 90', train50, 90),
  approximateCase('60,000 x 784, k = 15', () => images('train', 60_000), 15),
  approximateCase('60,000 x 784, k = 90', () => images('train', 60_000), 90),
  approximateCase('60,000 normal x 10, k = 15', () => gaussian(60_000, 10), 15),
  approximateCase('60,000 normal x 10, k = 90', () => gaussian(60_000, 10), 90),
  approximateCase('60,000 normal x 50, k = 15', () => gaussian(60_000, 50), 15),
  [
    'quality of 10,000 x 784',
    async () => {
      const points = images('t10k', 10_000);
      const start = performance.now();
      const quality = await measureQuality(points, project(points, 2));
      console.log(`quality of 10,000 x 784: ${((performance.now() - start) / 1000).toFixed(2)} s`, quality);
    },
  ],
];

for (const [name, run] of CASES) if (name.includes(process.argv[2] ?? '')) await run();
