// Prints the seconds that PCA of MNIST takes, best of some runs, and the longest step.
// Run: LATENTKIT_MNIST_DIR=... node scripts/measure-pca.js [t10k|train] [components] [solver] [runs]
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { createPca } from '@latentkit/projections';

const [set = 't10k', components = '2', solver = 'auto', runs = '3'] = process.argv.slice(2);
const file = `${process.env.LATENTKIT_MNIST_DIR}/${set}-images-idx3-ubyte.gz`;
const data = Float32Array.from(gunzipSync(readFileSync(file)).subarray(16), (pixel) => pixel / 255);
const points = { data, count: data.length / 784, dimensions: 784 };

let best = Infinity;
let longest = 0;
for (let i = 0; i < Number(runs); i++) {
  const start = performance.now();
  const pca = await createPca(points, { components: Number(components), solver });
  while (pca.progress.stage !== 'done') {
    const before = performance.now();
    pca.step();
    longest = Math.max(longest, performance.now() - before);
  }
  best = Math.min(best, performance.now() - start);
  if (i === 0) console.log('variances', ...pca.explainedVariance.slice(0, 3));
}
console.log(
  `${set} to ${components}, ${solver}: ${(best / 1000).toFixed(3)} s, longest step ${longest.toFixed(1)} ms`,
);
