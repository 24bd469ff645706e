import { type NdArray, sizeOfShape } from './nd-array.ts';
import { createRandom, type RandomAddress } from './random.ts';

/** Numbers of noise an example gets, by name. They are consecutive words of the example's own sequence, in this order. */
export type NoiseRequests = Readonly<
  Record<string, { readonly distribution: 'normal' | 'uniform'; readonly shape: readonly number[] }>
>;

/**
 * Noise for a batch, a row for each index from `address.index` on: row `i` depends on nothing but its own index. One request
 * of normal numbers gives those of {@link normalRows}.
 *
 * @returns float32 arrays `noise.<name>`, `[rows, ...shape]`.
 * @example
 * drawNoise({ z: { distribution: 'normal', shape: [2] } }, 256, { seed: 1, stream: Stream.latentNoise, step: 17 });
 */
export function drawNoise(
  requests: NoiseRequests,
  rows: number,
  address: RandomAddress,
): Record<string, NdArray<Float32Array<ArrayBuffer>>> {
  const entries = Object.entries(requests).map(([name, { distribution, shape }]) => {
    const columns = sizeOfShape(shape);
    const array = { shape: [rows, ...shape], data: new Float32Array(rows * columns) };
    return { name: `noise.${name}`, distribution, columns, array };
  });
  const first = address.index ?? 0;
  for (let row = 0; row < rows && entries.length > 0; row++) {
    const random = createRandom({ ...address, index: first + row });
    for (const { distribution, columns, array } of entries) {
      const end = (row + 1) * columns;
      for (let i = row * columns; i < end; i++) array.data[i] = random[distribution]();
    }
  }
  return Object.fromEntries(entries.map(({ name, array }) => [name, array]));
}
