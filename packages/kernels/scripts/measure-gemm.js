// Prints how fast products and convolutions run on this machine, one thread, by each tile.
// Run: node [--experimental-wasm-revectorize] scripts/measure-gemm.js [part of a name]
import { createKernelMemory } from '@latentkit/kernels';
import { createNnKernels } from '@latentkit/kernels/nn';

const ROUNDS = 15;
const ROUND_MS = 12;
const IMAGES = 8;

const memory = createKernelMemory();
const nn = await createNnKernels(memory);

/** A row of the table: a name, multiply-adds, and a call. */
const product = (m, n, k, { a = 'plain', b = 'plain' } = {}) => ({
  name: `${m} x ${n} x ${k}${a === 'plain' ? '' : ', a transposed'}${b === 'plain' ? '' : ', b transposed'}`,
  work: m * n * k,
  numbers: [m * k, k * n, m * n],
  call: (left, right, c) =>
    nn.gemm(
      ...[m, n, k],
      {
        pointer: left,
        ...(a === 'plain' ? { rowStride: k, columnStride: 1 } : { rowStride: 1, columnStride: m }),
      },
      {
        pointer: right,
        ...(b === 'plain' ? { rowStride: n, columnStride: 1 } : { rowStride: 1, columnStride: k }),
      },
      c,
    ),
});

/** A layer of the recipe keras-conv, as the convolution that it is or whose gradient it is. */
function convolution(name, side, channels, stride, outChannels) {
  const out = side / stride;
  const geometry = {
    ...{ batch: IMAGES, inHeight: side, inWidth: side, channels, outHeight: out, outWidth: out },
    ...{ windowHeight: 3, windowWidth: 3, strideHeight: stride, strideWidth: stride },
    ...{ padTop: stride === 1 ? 1 : 0, padLeft: stride === 1 ? 1 : 0, dilationHeight: 1, dilationWidth: 1 },
  };
  const positions = IMAGES * out * out;
  const numbers = [IMAGES * side * side * channels, 9 * channels * outChannels, positions * outChannels];
  const work = positions * 9 * channels * outChannels;
  return [
    ['convolve', (x, filter, y) => nn.convolve(geometry, outChannels, x, filter, y)],
    ['backpropInput', (x, filter, y) => nn.convolveBackpropInput(geometry, outChannels, y, filter, x)],
    ['backpropFilter', (x, filter, y) => nn.convolveBackpropFilter(geometry, outChannels, x, y, filter)],
  ].map(([form, call]) => ({ name: `${name}, ${form}`, work, numbers, call }));
}

const ROWS = [
  product(1024, 1024, 1024),
  product(256, 512, 784),
  product(256, 784, 512, { b: 'transposed' }),
  product(784, 512, 256, { a: 'transposed' }),
  product(512, 784, 256, { a: 'transposed' }),
  product(64, 512, 784),
  product(128, 16, 3136),
  product(128, 3136, 2),
  product(256, 512, 2),
  product(256, 2, 512),
  product(512, 2, 256, { a: 'transposed' }),
  product(16, 2, 128),
  ...convolution('conv1', 28, 1, 2, 32),
  ...convolution('conv2', 14, 32, 2, 64),
  ...convolution('deconv1', 14, 64, 2, 64),
  ...convolution('deconv2', 28, 32, 2, 64),
  ...convolution('output', 28, 1, 1, 32),
].filter(({ name }) => name.includes(process.argv[2] ?? ''));

/** Milliseconds of one call: the best of several rounds, each of a few milliseconds. */
function prepare({ numbers, call }) {
  const pointers = numbers.map((count) => memory.allocate(4 * count));
  numbers.forEach((count, i) => {
    const view = new Float32Array(memory.memory.buffer, pointers[i], count);
    for (let j = 0; j < count; j++) view[j] = ((j * 7919) % 1000) / 500 - 0.999;
  });
  return { run: () => call(...pointers), best: { narrow: Infinity, wide: Infinity }, calls: 1 };
}

const timed = ({ run, calls }) => {
  const start = performance.now();
  for (let i = 0; i < calls; i++) run();
  return performance.now() - start;
};

const cases = ROWS.map(prepare);
// Rounds go over all rows and both tiles in turn, so that what else the machine does meets all of them alike.
for (let round = -3; round < ROUNDS; round++) {
  for (const one of cases) {
    for (const tile of ['narrow', 'wide']) {
      nn.setTile(tile);
      const ms = timed(one);
      if (round < 0) one.calls = Math.max(1, Math.min(5000, Math.ceil((one.calls * ROUND_MS) / ms)));
      else one.best[tile] = Math.min(one.best[tile], ms / one.calls);
    }
  }
  await new Promise((resolve) => setTimeout(resolve)); // lets V8 put its optimized code in place
}

console.log(
  'GFLOP/s (and microseconds a call)'.padEnd(44),
  'narrow 4x8'.padStart(18),
  'wide 4x16'.padStart(18),
);
ROWS.forEach(({ name, work }, i) => {
  const cell = (ms) => `${((2 * work) / ms / 1e6).toFixed(1)} (${(1000 * ms).toFixed(0)})`.padStart(18);
  console.log(name.padEnd(44), cell(cases[i].best.narrow), cell(cases[i].best.wide));
});
