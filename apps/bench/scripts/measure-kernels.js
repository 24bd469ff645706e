// What the time of a row of `pnpm bench` goes into, kernel by kernel on one thread, beside what the tile and the machine can do.
// Run: node apps/bench/scripts/measure-kernels.js [part of a row's name] [--fused]
// or a training step of another recipe, on noise: --recipe residual --image 64x64x3 [--filters 32,64,128,256]
import { parseArgs } from 'node:util';
import { startWasmBackend } from '@latentkit/backend';
import { generateDigits } from '@latentkit/datasets';
import { findRecipe, modelSpecOf } from '@latentkit/experiment';
import { createKernelMemory } from '@latentkit/kernels';
import { createNnKernels, enableRevectorization, setFastestTile, strict } from '@latentkit/kernels/nn';
import { fused } from '@latentkit/kernels/nn-fused';
import { benchModels, benchRows } from '../dist/bench-rows.js';
import { latentkitRows } from '../dist/engines/latentkit-rows.js';
import { peakOf } from './lib/machine-peaks.js';
import { watchedAccelerator } from './lib/watched-accelerator.js';

const { values: asked, positionals } = parseArgs({
  options: {
    fused: { type: 'boolean' },
    recipe: { type: 'string' },
    image: { type: 'string', default: '28x28x1' },
    filters: { type: 'string' },
  },
  allowPositionals: true,
});
const arithmetic = asked.fused ? fused : strict;
const [part = ''] = positionals;
const SECONDS = 4;
/** Less of a row than this is not a line of its own. */
const LEAST_SHARE = 0.01;

/** Operations by the dense formula and a name, of a call of a kernel. */
function describeCall(kernel, first, ...rest) {
  if (kernel === 'gemm' || kernel === 'gemmPacked') {
    const [n, k, a, b] = rest;
    const turned = [a, kernel === 'gemm' ? b : undefined].map((view) => view && view.columnStride !== 1);
    const ways = [turned[0] && 'a transposed', turned[1] && 'b transposed'].filter(Boolean).join(', ');
    return { name: `${kernel} ${first} x ${n} x ${k}${ways && `, ${ways}`}`, flop: 2 * first * n * k };
  }
  if (typeof first !== 'object')
    return { name: typeof first === 'string' ? `${kernel} ${first}` : kernel, flop: 0 };
  const [out] = rest;
  const { batch, inHeight, channels, outHeight, outWidth, windowHeight, windowWidth } = first;
  return {
    name: `${kernel} ${batch} images, ${inHeight} x ${inHeight} x ${channels} and ${outHeight} x ${outHeight} x ${out}`,
    flop:
      2 *
      batch *
      outHeight *
      outWidth *
      windowHeight *
      windowWidth *
      channels *
      (typeof out === 'number' ? out : 1),
  };
}

/** The most that products come to where operands are near: GFLOP/s. */
async function tilePeak(nn) {
  const { memory } = nn;
  let best = 0;
  for (const [m, n, k] of [
    [16, 80, 256],
    [64, 128, 320],
    [128, 256, 256],
  ]) {
    const at = memory.allocate(4 * (m * k + k * n + m * n));
    new Float32Array(memory.memory.buffer, at, m * k + k * n).fill(1);
    const view = (pointer, rowStride) => ({ pointer, rowStride, columnStride: 1 });
    const calls = Math.ceil(2e7 / (m * n * k));
    for (let round = 0; round < 60; round++) {
      const start = performance.now();
      for (let i = 0; i < calls; i++)
        nn.gemm(m, n, k, view(at, k), view(at + 4 * m * k, n), at + 4 * (m * k + k * n));
      best = Math.max(best, (2 * m * n * k * calls) / (performance.now() - start) / 1e6);
      if (round % 5 === 0) await new Promise((resolve) => setTimeout(resolve));
    }
    memory.free(at);
  }
  return best;
}

enableRevectorization();
await startWasmBackend({ arithmetic });
const kernels = await createNnKernels(createKernelMemory(), { arithmetic });
const tile = setFastestTile(kernels);
const ceilings = { tile: await tilePeak(kernels), machine: await peakOf(arithmetic.name) };
console.log(
  `${arithmetic.name} sums by the ${tile} tile: ${ceilings.tile.toFixed(0)} GFLOP/s where operands are near; this engine on this machine, in registers: ${ceilings.machine.toFixed(0)}`,
);

let calls; // by name, while a row is measured
let runs = 0; // of which the first step of an epoch is not timed
let steps = 0;
const accelerator = await watchedAccelerator({
  tile,
  arithmetic,
  end(coefficients) {
    runs++;
    if (coefficients.length > 0) steps++; // validation has none
  },
});
for (const [kernel, compute] of Object.entries(accelerator.nn)) {
  if (typeof compute !== 'function' || kernel === 'setTile') continue;
  accelerator.nn[kernel] = (...args) => {
    const start = performance.now();
    compute(...args);
    const ms = performance.now() - start;
    if (!calls) return;
    const { name, flop } = describeCall(kernel, ...args);
    const one = calls.get(name) ?? { flop: 0, times: [] };
    one.flop += flop;
    one.times.push(ms);
    calls.set(name, one);
  };
}
const { rows, measuredRows } = asked.recipe ? rowsOfRecipe() : rowsOfBench();

function rowsOfBench() {
  const { images, ...drawn } = generateDigits({ count: 5120, seed: 0 });
  const workload = { ...drawn, models: benchModels(), products: {} };
  const isAsked = ({ name }) => name.includes(part) && !name.startsWith('gemm');
  return { ...latentkitRows(accelerator, { workload, images }), measuredRows: benchRows().filter(isAsked) };
}

/** A step of a recipe; what it costs is what its kernels are called for. */
function rowsOfRecipe() {
  const { model, training } = findRecipe(asked.recipe);
  const filters = asked.filters?.split(',').map(Number);
  const withFilters = filters && {
    encoder: { ...model.encoder, filters },
    decoder: { ...model.decoder, filters: filters.toReversed() },
  };
  const [height, width, channels] = asked.image.split('x').map(Number);
  const spec = modelSpecOf({ model: { ...model, ...withFilters } }, { height, width, channels });
  const { batchSize, optimizer, seed } = training;
  const count = 4 * batchSize;
  const images = Uint8Array.from({ length: count * height * width * channels }, (_, i) => (i * 7919) % 256);
  const models = { [asked.recipe]: { spec, batchSize, optimizer, learningRate: 1e-4, beta: 1, seed } };
  const workload = { shape: spec.image, count, models, products: {} };
  return {
    ...latentkitRows(accelerator, { workload, images }),
    measuredRows: [{ name: `train-step/${asked.recipe}` }],
  };
}

/** Of the nine tenths that took least: what else the machine did now and then does not count. */
function meanOf(values) {
  const kept = values.toSorted((a, b) => a - b).slice(0, Math.ceil(0.9 * values.length));
  return kept.reduce((sum, value) => sum + value, 0) / kept.length;
}

for (const { name, flop } of measuredRows) {
  const row = await rows[name]();
  const timed = async (seconds) => {
    const times = [];
    const end = performance.now() + 1000 * seconds;
    while (performance.now() < end || times.length < 5) times.push(await row.time());
    return times;
  };
  await timed(SECONDS / 4);
  calls = new Map();
  runs = 0;
  steps = 0;
  const times = await timed(SECONDS);
  const measured = [...calls];
  calls = undefined;
  await row.close?.();
  show(name, flop, times, measured);
}
process.exit(0);

function show(name, flop, times, measured) {
  const ms = meanOf(times);
  const cells = (gflops) =>
    gflops > 0
      ? [gflops, (100 * gflops) / ceilings.tile, (100 * gflops) / ceilings.machine].map((x) => x.toFixed(0))
      : ['', '', ''];
  const line = (...all) => console.log(`| ${all.join(' | ')} |`);
  console.log(`\n### ${name}\n`);
  line('kernel', 'calls', 'ms', 'share, %', 'GFLOP/s', "of the tile's, %", "of the machine's, %");
  line('---', ...new Array(6).fill('---:'));
  const lines = measured
    .map(([kernel, { flop: all, times: each }]) => {
      const count = each.length / (steps || runs);
      return { kernel, count, ms: meanOf(each) * count, flop: all / (steps || runs) };
    })
    .toSorted((a, b) => b.ms - a.ms);
  const few = lines.filter((one) => one.ms < LEAST_SHARE * ms);
  const rest = { kernel: 'smaller ones', count: 0, ms: 0, flop: 0 };
  for (const one of few) for (const of of ['count', 'ms', 'flop']) rest[of] += one[of];
  for (const one of [...lines.filter((one) => !few.includes(one)), rest]) {
    line(
      one.kernel,
      one.count.toFixed(0),
      one.ms.toFixed(3),
      ((100 * one.ms) / ms).toFixed(0),
      ...cells(one.flop / one.ms / 1e6),
    );
  }
  const inKernels = lines.reduce((sum, one) => sum + one.ms, 0);
  line(
    'outside of kernels',
    '',
    (ms - inKernels).toFixed(3),
    ((100 * (ms - inKernels)) / ms).toFixed(0),
    '',
    '',
    '',
  );
  const all = flop ?? lines.reduce((sum, one) => sum + one.flop, 0);
  line('all of it', '', ms.toFixed(3), 100, ...cells(all / ms / 1e6));
  console.log(
    `\nThe process took ${(process.resourceUsage().maxRSS / 1000).toFixed(0)} MB at most until now.`,
  );
}
