// Prints the seconds that UMAP of MNIST's test images takes, by stage, best of some runs, and its trustworthiness.
// Run: LATENTKIT_MNIST_DIR=... node scripts/measure-umap.js [count] [runs] [options as JSON]
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { createUmap, trustworthiness } from '@latentkit/projections';

const [count = '2000', runs = '3', options = '{}'] = process.argv.slice(2);
const file = `${process.env.LATENTKIT_MNIST_DIR}/t10k-images-idx3-ubyte.gz`;
const pixels = gunzipSync(readFileSync(file)).subarray(16, 16 + 784 * Number(count));
const points = {
  data: Float32Array.from(pixels, (pixel) => pixel / 255),
  count: Number(count),
  dimensions: 784,
};

let best;
let longest = 0;
let map;
for (let i = 0; i < Number(runs); i++) {
  const [start, user] = [performance.now(), process.cpuUsage().user];
  const umap = await createUmap(points, JSON.parse(options));
  const run = { create: performance.now() - start };
  while (umap.progress.stage !== 'done') {
    const before = performance.now();
    const { stage } = umap.progress;
    umap.step();
    const took = performance.now() - before;
    run[stage] = (run[stage] ?? 0) + took;
    longest = Math.max(longest, took);
  }
  run.all = performance.now() - start;
  run.processor = (process.cpuUsage().user - user) / 1000;
  if (!best || run.all < best.all) best = run;
  map = { data: umap.embedding, count: Number(count), dimensions: umap.components };
}
const seconds = Object.entries(best).map(([stage, ms]) => `${stage} ${(ms / 1000).toFixed(3)}`);
console.log(`${count} points, seconds: ${seconds.join(', ')}; longest step ${longest.toFixed(1)} ms`);
console.log(`trustworthiness ${(await trustworthiness(points, map)).toFixed(4)}`);
