// What Winograd's F(2, 2) could save on strided 3 x 3 convolutions and their transposes, from below: the products that it needs, by the kernel that
// there is, and its transforms as if they were copies. One thread, the wide tile.
// Run: node --experimental-wasm-revectorize scripts/measure-winograd.js
//
// With strides of 2 a 3 x 3 window is four windows of stride 1, of 2 x 2, 2 x 1, 1 x 2 and 1 x 1 taps. F(2, 2) makes two neighbours of two taps by three
// products for four: on both axes 9 for 16, on one 3 for 4, and 1 for 1: 25 for 36 of each pixel (Lavin & Gray 2015, section 4.1).
import { createKernelMemory } from '@latentkit/kernels';
import { createNnKernels } from '@latentkit/kernels/nn';

const ROUNDS = 25;
const IMAGES = 8;
const memory = createKernelMemory();
const nn = await createNnKernels(memory);
nn.setTile('wide');

/** What a pass over `from` numbers to `to` numbers takes at least: reading and writing them once. */
const pass = (from, to) => ({ from, to });

/** The parts of a layer by F(2, 2), for images of `side` x `side` places and `inner` to `outer` channels. */
function partsOf(side, inner, outer) {
  const places = IMAGES * side * side;
  const pairs = IMAGES * side * Math.ceil(side / 2);
  const squares = IMAGES * Math.ceil(side / 2) ** 2;
  return [
    // points, how many of each, products of each; what the transforms read and write
    {
      name: '2 x 2',
      products: 9,
      rows: squares,
      moves: [pass(places * inner, 9 * squares * inner), pass(9 * squares * outer, places * outer)],
    },
    {
      name: '2 x 1',
      products: 3,
      rows: pairs,
      moves: [pass(places * inner, 3 * pairs * inner), pass(3 * pairs * outer, places * outer)],
    },
    {
      name: '1 x 2',
      products: 3,
      rows: pairs,
      moves: [pass(places * inner, 3 * pairs * inner), pass(3 * pairs * outer, places * outer)],
    },
    { name: '1 x 1', products: 1, rows: places, moves: [] },
  ];
}

const room = memory.allocate(4 * 4_000_000);
new Float32Array(memory.memory.buffer, room, 4_000_000).forEach((_, i, all) => {
  all[i] = ((i * 7919) % 1000) / 500 - 0.999;
});

function best(call) {
  let least = Number.POSITIVE_INFINITY;
  for (let round = 0; round < ROUNDS; round++) {
    const start = performance.now();
    for (let i = 0; i < 4; i++) call();
    least = Math.min(least, (performance.now() - start) / 4);
  }
  return least;
}

const product = (rows, inner, outer) => () =>
  nn.gemm(
    ...[rows, outer, inner],
    { pointer: room, rowStride: inner, columnStride: 1 },
    { pointer: room + 4 * 1_500_000, rowStride: outer, columnStride: 1 },
    room + 4 * 2_000_000,
  );
const copy = (numbers) => () => nn.unary('copy', numbers, room, room + 4 * 2_000_000, 0);

console.log(
  '| layer | as it is, us | products of F(2, 2), us | its transforms as copies, us | together, of as it is |',
);
console.log('| --- | ---: | ---: | ---: | ---: |');
for (const [name, side, channels, outChannels, form] of [
  ['conv2, convolve', 14, 32, 64, 'convolve'],
  ['conv2, backpropInput', 14, 32, 64, 'convolveBackpropInput'],
  ['deconv2, convolve', 28, 32, 64, 'convolve'],
  ['deconv2, backpropInput', 28, 32, 64, 'convolveBackpropInput'],
]) {
  const out = side / 2;
  const geometry = {
    ...{ batch: IMAGES, inHeight: side, inWidth: side, channels, outHeight: out, outWidth: out },
    ...{ windowHeight: 3, windowWidth: 3, strideHeight: 2, strideWidth: 2 },
    ...{ padTop: 0, padLeft: 0, dilationHeight: 1, dilationWidth: 1 },
  };
  const isForward = form === 'convolve';
  const [x, filter, y] = [room, room + 4 * 1_500_000, room + 4 * 2_000_000];
  const direct = best(() =>
    isForward
      ? nn.convolve(geometry, outChannels, x, filter, y)
      : nn.convolveBackpropInput(geometry, outChannels, y, filter, x),
  );
  const [inner, outer] = isForward ? [channels, outChannels] : [outChannels, channels];
  let [products, moves] = [0, 0];
  for (const part of partsOf(out, inner, outer)) {
    products += part.products * best(product(part.rows, inner, outer));
    for (const { from, to } of part.moves) moves += best(copy(Math.round((from + to) / 2)));
  }
  const us = (ms) => (1000 * ms).toFixed(0);
  console.log(
    `| ${name} | ${us(direct)} | ${us(products)} | ${us(moves)} | ${((100 * (products + moves)) / direct).toFixed(0)}% |`,
  );
}
