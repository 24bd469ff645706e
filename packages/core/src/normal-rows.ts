import { createRandom, type RandomAddress } from './random.ts';

/**
 * Standard normal numbers, a row for each index from `address.index` on: row `i` depends on nothing but its own
 * index, so that a batch may be cut anywhere (workers, shards) and keep its noise.
 *
 * @returns float32, `[rows, columns]`.
 * @example
 * normalRows(256, 2, { seed: 1, stream: Stream.latentNoise, step: 17 });
 */
export function normalRows(rows: number, columns: number, address: RandomAddress): Float32Array<ArrayBuffer> {
  return randomRows('normal', rows, columns, address);
}

/** As {@link normalRows}, of either distribution. */
export function randomRows(
  distribution: 'normal' | 'uniform',
  rows: number,
  columns: number,
  address: RandomAddress,
): Float32Array<ArrayBuffer> {
  const out = new Float32Array(rows * columns);
  const first = address.index ?? 0;
  for (let row = 0; row < rows; row++) {
    const random = createRandom({ ...address, index: first + row });
    const end = (row + 1) * columns;
    for (let i = row * columns; i < end; i++) out[i] = random[distribution]();
  }
  return out;
}
