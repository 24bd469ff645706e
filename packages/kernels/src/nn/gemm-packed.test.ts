import { expect, it } from 'vitest';
import { expectSameNumbers } from '../testing/expect-same-numbers.ts';
import { createKernelBench } from '../testing/kernel-bench.ts';
import { type NaiveEpilogue, naiveGemm } from '../testing/naive-gemm.ts';
import { randomNumbers } from '../testing/random-numbers.ts';
import type { Tile } from './kernels.ts';
import { packedBytes } from './packed-bytes.ts';

const bench = await createKernelBench();

interface Case {
  /** Numbers of A that are not zero: all, or one of so many. */
  oneOf?: number;
  transposed?: boolean;
  epilogue?: NaiveEpilogue;
  /** A number of B that is this. */
  odd?: number;
}

/** The product by a packed B and by the plain loop. */
function multiply(
  [m, n, k]: readonly [number, number, number],
  { oneOf = 1, transposed = false, epilogue: { bias, ...rest } = {}, odd }: Case,
) {
  const a = randomNumbers(m * k, 1).map((x, at) => (at % oneOf === 0 ? x : 0));
  const b = randomNumbers(k * n, 2);
  if (odd !== undefined) b[b.length - 1] = odd;
  const stored = transposed ? b.map((_, at) => b[(at % k) * n + Math.floor(at / k)]!) : b;
  const [left, right, biasAt] = [bench.put(a), bench.put(stored), bias ? bench.put(bias) : 0];
  const strides = transposed ? { rowStride: 1, columnStride: k } : { rowStride: n, columnStride: 1 };
  const put = bench.nn.memory.allocate(packedBytes(n, k) + 16);
  const beyond = () => new Uint8Array(bench.nn.memory.memory.buffer, put + packedBytes(n, k), 16);
  beyond().fill(7);
  const c = bench.take(m * n, (out) => {
    bench.nn.packRight(n, k, { pointer: right, ...strides }, put);
    const view = { pointer: left, rowStride: k, columnStride: 1 };
    bench.nn.gemmPacked(m, n, k, view, put, out, { bias: biasAt, ...rest });
  });
  expect([...beyond()]).toEqual(new Array(16).fill(7));
  bench.nn.memory.free(put);
  const expected = naiveGemm(
    [m, n, k],
    (i, l) => a[i * k + l]!,
    (l, j) => b[l * n + j]!,
    { bias, ...rest },
  );
  return { c, expected };
}

const SIZES = [
  [1, 1, 1],
  [5, 5, 0],
  [3, 17, 4],
  [8, 70, 257],
  [17, 137, 300], // an odd number of panels, and more rows of B than a block has
  [130, 530, 65], // more columns than a block has
  [20, 128, 530],
] as const;

it.each<Tile>(['narrow', 'wide'])('a B that was packed before changes no bit (%s tile)', (tile) => {
  bench.nn.setTile(tile);
  for (const size of SIZES) {
    for (const oneOf of [1, 5]) {
      for (const transposed of [false, true]) {
        const epilogue = { bias: randomNumbers(size[1], 3), activation: 'relu' } as const;
        const { c, expected } = multiply(size, { oneOf, transposed, epilogue });
        expectSameNumbers(c, expected, `${size}, one of ${oneOf}, transposed ${transposed}`);
      }
    }
  }
});

it.each([Number.NaN, Number.POSITIVE_INFINITY])('zeros are multiplied with a %d of a packed B', (odd) => {
  const { c, expected } = multiply([20, 137, 64], { oneOf: 5, odd });
  expectSameNumbers(c, expected);
  expect(c.some(Number.isNaN)).toBe(true);
});
