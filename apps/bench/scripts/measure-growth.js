// How time and memory grow with the data: an epoch of training from 1,000 to 1,000,000 images, maps from 2,000 to 200,000 points.
// Run: node apps/bench/scripts/measure-growth.js [page.md] [most images] [most points]; ten minutes for all of it.
import { writeFile } from 'node:fs/promises';
import { createAccelerator, startWasmBackend } from '@latentkit/backend';
import { availableWorkers } from '@latentkit/core';
import { generateDigits } from '@latentkit/datasets';
import { createModel } from '@latentkit/models';
import { createPca, createTsne, createUmap } from '@latentkit/projections';
import { train } from '@latentkit/trainers';
import { benchModels } from '../dist/bench-rows.js';
import { describeMachine } from '../dist/describe-machine.js';

const [file, mostImages = 1_000_000, mostPoints = 200_000] = process.argv.slice(2);
const IMAGES = [1000, 10_000, 100_000, 1_000_000].filter((count) => count <= Number(mostImages));
const POINTS = [2000, 6000, 20_000, 60_000, 200_000].filter((count) => count <= Number(mostPoints));
/** So many different ones; larger sets repeat them. */
const DRAWN = 5000;
/** Steps before the clock starts: what is compiled on the way is not the data's. */
const WARM_STEPS = 20;
const PIXELS = 784;
const DIMENSIONS = 20;

const megabytes = () => Math.round(process.memoryUsage().rss / 1e6);
const cell = (number) => number.toLocaleString('en-US');

async function trainingRows(accelerator, name) {
  const { spec, batchSize, optimizer, learningRate, beta, seed } = benchModels()[name];
  const drawn = generateDigits({ count: DRAWN, seed: 0 });
  const rows = [];
  for (const count of IMAGES) {
    if (name === 'keras-conv' && count > 100_000) continue; // three minutes more to say the same
    const images = new Uint8Array(count * PIXELS);
    for (let at = 0; at < images.length; at += drawn.images.length) {
      images.set(drawn.images.subarray(0, Math.min(drawn.images.length, images.length - at)), at);
    }
    const validation = { shape: drawn.shape, count: 1, images: drawn.images.slice(0, PIXELS) };
    const dataset = { name: 'growth', train: { shape: drawn.shape, count, images }, validation };
    const epochs = Math.max(1, Math.ceil((WARM_STEPS * batchSize * 4) / count));
    let [steps, seen, start, ms] = [0, 0, 0, 0];
    const model = createModel(spec);
    for await (const event of train({
      model,
      dataset,
      ...{ batchSize, optimizer, learningRate, beta, seed, epochs, accelerator },
    })) {
      if (event.type !== 'step') continue;
      if (++steps === WARM_STEPS) start = performance.now();
      if (steps <= WARM_STEPS) continue;
      seen += event.images;
      ms = performance.now() - start;
    }
    rows.push(`| ${name} | ${cell(count)} | ${((1000 * ms) / seen).toFixed(1)} | ${megabytes()} |`);
    console.log(rows.at(-1));
  }
  return rows;
}

/** Codes as a model makes them: principal components of drawn digits. */
async function codesOf(count) {
  const set = generateDigits({ count: Math.min(count, 20_000), seed: 1 });
  const data = Float32Array.from(set.images, (byte) => byte / 255);
  const pca = await createPca({ data, count: set.count, dimensions: PIXELS }, { components: DIMENSIONS });
  const codes = await pca.run();
  if (set.count === count) return codes;
  // More digits than are worth drawing: others between two of them, so that no two points are the same.
  const more = new Float32Array(count * DIMENSIONS);
  for (let i = 0; i < count; i++) {
    const [a, b] = [i % set.count, (i * 7919 + 13) % set.count];
    const share = i < set.count ? 0 : 0.05 + 0.2 * (((i * 2654435761) % 1000) / 1000);
    for (let d = 0; d < DIMENSIONS; d++) {
      more[i * DIMENSIONS + d] = (1 - share) * codes[a * DIMENSIONS + d] + share * codes[b * DIMENSIONS + d];
    }
  }
  return more;
}

async function mapRows(name, create) {
  const rows = [];
  let first;
  for (const count of POINTS) {
    const map = await create(
      { data: await codesOf(count), count, dimensions: DIMENSIONS },
      { memoryBudget: 2 ** 33 },
    );
    const start = performance.now();
    await map.run();
    const seconds = (performance.now() - start) / 1000;
    const work = count * Math.log2(count);
    first ??= seconds / work;
    rows.push(
      `| ${name} | ${cell(count)} | ${seconds.toFixed(2)} | ${(seconds / work / first).toFixed(2)} | ${megabytes()} |`,
    );
    console.log(rows.at(-1));
  }
  return rows;
}

await startWasmBackend();
const accelerator = await createAccelerator();
const { workers } = accelerator;
const dense = await trainingRows(accelerator, 'keras-dense');
const conv = await trainingRows(accelerator, 'keras-conv');
await accelerator.close();
const tsne = await mapRows('t-SNE', createTsne);
const umap = await mapRows('UMAP', createUmap);
const { cpu, cores, date, node } = describeMachine({});

if (file) {
  await writeFile(
    file,
    `# Growth

\`node apps/bench/scripts/measure-growth.js docs/growth.md\` wrote this page, after \`npx -y pnpm@12 build\`. ${date.slice(0, 10)}, ${cpu}, ${cores} cores, Node ${node}.

## Training: the time an image takes

Drawn digits, ${cell(DRAWN)} different ones, as bytes in memory; ${workers} workers; the whole epoch but for its first ${WARM_STEPS} steps. Memory is the process's after the epoch, the images in it (784 bytes each).

| model | images | microseconds an image | MB |
| --- | ---: | ---: | ---: |
${[...dense, ...conv].join('\n')}

## Maps: against n log n

${DIMENSIONS} principal components of drawn digits (beyond 20,000, points between two of them); defaults; t-SNE on ${availableWorkers()} threads from 4,000 points on, UMAP on one. The last but one
column is seconds over n log n, as a multiple of the first row's: 1 would be growth by n log n.

| map | points | seconds | over n log n | MB |
| --- | ---: | ---: | ---: | ---: |
${[...tsne, ...umap].join('\n')}

UMAP makes 500 epochs up to 10,000 points and 200 beyond. Up to 50,000 points neighbours are exact, which takes n² products, beyond approximate.
`,
  );
}
process.exit(0);
