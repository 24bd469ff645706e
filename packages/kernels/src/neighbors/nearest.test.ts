import { expect, it } from 'vitest';
import { createKernelMemory } from '../kernel-memory.ts';
import { randomNumbers } from '../testing/random-numbers.ts';
import { createNeighborKernels, type NeighborLists } from './kernels.ts';
import type { ProductTile } from './product-tile.ts';

const memory = createKernelMemory();
const kernels = await createNeighborKernels(memory);

function put(numbers: Float32Array): number {
  const pointer = memory.allocate(numbers.byteLength);
  new Float32Array(memory.memory.buffer, pointer, numbers.length).set(numbers);
  return pointer;
}

function emptyLists(count: number, size: number): NeighborLists {
  const lists = { pointer: memory.allocate(8 * count * size), bounds: memory.allocate(4 * count + 64), size };
  kernels.clearLists(lists, count);
  return lists;
}

function readLists({ pointer, size }: NeighborLists, count: number): [number, number][][] {
  const distances = new Float32Array(memory.memory.buffer, pointer, 2 * count * size);
  const indices = new Int32Array(memory.memory.buffer, pointer, 2 * count * size);
  const pair = (i: number): [number, number] => [distances[2 * i]!, indices[2 * i + 1]!];
  return Array.from({ length: count }, (_, row) =>
    Array.from({ length: size }, (_, place) => pair(row * size + place)),
  );
}

const norms = (count: number, numbers: (i: number) => number) =>
  put(
    Float32Array.from({ length: count + 32 }, (_, i) => (i < count ? numbers(i) : Number.POSITIVE_INFINITY)),
  );

const { fround } = Math;

/** The first `size` of these pairs by distance, equals in their order; free places at the end. */
function nearest(pairs: [number, number][], size: number): [number, number][] {
  const sorted = pairs.toSorted((a, b) => a[0] - b[0]).slice(0, size);
  while (sorted.length < size) sorted.push([Number.POSITIVE_INFINITY, -1]);
  return sorted;
}

const PRODUCTS: [string, (count: number) => Float32Array][] = [
  ['random', (count) => randomNumbers(count)],
  ['equal', (count) => new Float32Array(count).fill(0.3)],
  ['of three values', (count) => randomNumbers(count).map((x) => Math.sign(Math.round(x)))],
];

it.each(PRODUCTS)(
  'keeps the nearest of each row, and leaves its own point out: %s products',
  (_, numbers) => {
    for (const count of [1, 2, 3, 4, 5, 15, 16, 17, 33, 50]) {
      for (const size of [1, 2, 5, 17]) {
        for (const skipsSelf of [false, true]) {
          const products = numbers(count * count);
          const h = fround(0.7);
          const halves = norms(count, () => h);
          const lists = emptyLists(count, size);
          const tile: ProductTile = {
            ...{ products: put(Float32Array.from([...products, ...new Float32Array(16)])), rows: count },
            ...{ columns: count, firstRow: 0, firstColumn: 0, rowNorms: halves, columnNorms: halves },
          };
          kernels.nearestOfRows(tile, lists, skipsSelf);
          const expected = Array.from({ length: count }, (_, i) => {
            const pairs = Array.from({ length: count }, (_, j): [number, number] => [
              fround(fround(h - products[i * count + j]!) + h),
              j,
            ]);
            return nearest(
              pairs.filter(([, j]) => !skipsSelf || j !== i),
              size,
            );
          });
          expect(readLists(lists, count)).toEqual(expected);
        }
      }
    }
  },
);

it.each(PRODUCTS)('keeps the nearest of rows and of columns: %s products', (_, numbers) => {
  for (const [rows, columns] of [
    [1, 1],
    [3, 5],
    [16, 1],
    [17, 33],
    [32, 48],
  ] as const) {
    for (const size of [1, 3, 17]) {
      const products = numbers(rows * columns);
      const half = (i: number) => fround(1 + i / 8);
      const halves = norms(rows + columns, half);
      const lists = emptyLists(rows + columns, size);
      kernels.nearestOfBoth(
        {
          ...{ products: put(Float32Array.from([...products, ...new Float32Array(16)])), rows, columns },
          ...{ firstRow: 0, firstColumn: rows, rowNorms: halves, columnNorms: halves + 4 * rows },
        },
        lists,
      );
      const distance = (i: number, j: number) =>
        fround(fround(half(rows + j) - products[i * columns + j]!) + half(i));
      const all = <T>(count: number, make: (i: number) => T) =>
        Array.from({ length: count }, (_, i) => make(i));
      expect(readLists(lists, rows + columns)).toEqual([
        ...all(rows, (i) =>
          nearest(
            all(columns, (j) => [distance(i, j), rows + j]),
            size,
          ),
        ),
        ...all(columns, (j) =>
          nearest(
            all(rows, (i) => [distance(i, j), i]),
            size,
          ),
        ),
      ]);
    }
  }
});

it('takes half a squared norm as gemm takes a product, one rounding after the other', () => {
  for (const dimensions of [1, 3, 4, 17]) {
    for (const count of [1, 2, 3, 4, 5, 17]) {
      const rows = randomNumbers(count * dimensions);
      const to = memory.allocate(4 * count);
      kernels.halfNorms(put(rows), count, dimensions, to);
      const expected = Array.from({ length: count }, (_, i) => {
        let sum = 0;
        for (const x of rows.subarray(i * dimensions, (i + 1) * dimensions))
          sum = fround(sum + fround(x * x));
        return sum / 2;
      });
      expect([...new Float32Array(memory.memory.buffer, to, count)]).toEqual(expected);
    }
  }
});

it('finds the largest absolute value', () => {
  for (const count of [1, 3, 4, 5, 17]) {
    const numbers = randomNumbers(count);
    expect(kernels.largest(put(numbers), count)).toBe(Math.max(...numbers.map(Math.abs)));
  }
});
