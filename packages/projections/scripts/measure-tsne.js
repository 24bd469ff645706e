// Prints what t-SNE of MNIST takes: seconds of each stage and of the processor, the longest step, the divergence, and trustworthiness (k = 12).
// Run: LATENTKIT_MNIST_DIR=... node scripts/measure-tsne.js [t10k|train] [count] [pca dimensions, 0 for pixels] [options as JSON]
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { createPca, createTsne, measureQuality } from '@latentkit/projections';

const [set = 't10k', count = '2000', dimensions = '0', options = '{}'] = process.argv.slice(2);
const file = `${process.env.LATENTKIT_MNIST_DIR}/${set}-images-idx3-ubyte.gz`;
const bytes = gunzipSync(readFileSync(file)).subarray(16, 16 + 784 * Number(count));
let points = {
  data: Float32Array.from(bytes, (pixel) => pixel / 255),
  count: Number(count),
  dimensions: 784,
};

const start = performance.now();
const cpu = process.cpuUsage();
if (dimensions !== '0') {
  const pca = await createPca(points, { components: Number(dimensions) });
  points = { data: await pca.run(), count: Number(count), dimensions: Number(dimensions) };
}
const seconds = { pca: performance.now() - start };
const longest = {};
let before = performance.now();
const tsne = await createTsne(points, JSON.parse(options));
seconds.create = performance.now() - before;
while (tsne.progress.stage !== 'done') {
  const { stage } = tsne.progress;
  before = performance.now();
  tsne.step();
  const took = performance.now() - before;
  seconds[stage] = (seconds[stage] ?? 0) + took;
  longest[stage] = Math.max(longest[stage] ?? 0, took);
}
const show = (times, unit, digits) =>
  Object.entries(times)
    .map(([stage, ms]) => `${stage} ${(ms / unit).toFixed(digits)}`)
    .join(', ');
const { user, system } = process.cpuUsage(cpu);
const total = Object.values(seconds).reduce((a, b) => a + b);
console.log(
  `${count} points of ${points.dimensions}: ${(total / 1000).toFixed(2)} s (${show(seconds, 1000, 2)}), ${((user + system) / 1e6).toFixed(2)} s of processor time`,
);
console.log(`longest steps in ms: ${show(longest, 1, 0)}`);
const map = { data: tsne.embedding, count: points.count, dimensions: 2 };
const { trustworthiness, count: measured } = await measureQuality(points, map, { k: 12 });
console.log(`divergence ${tsne.progress.objective.toFixed(4)}`);
console.log(`trustworthiness of ${measured} points ${trustworthiness.toFixed(4)}`);
