import { didYouMean } from './did-you-mean.ts';
import { LatentkitError } from './error.ts';
import { type NdArray, sizeOfShape } from './nd-array.ts';
import { randomRows } from './normal-rows.ts';
import type { RandomAddress } from './random.ts';
import { shorten } from './shorten.ts';

/** Numbers of noise an example gets, by name. They are consecutive words of the example's own sequence, in this order. */
export type NoiseRequests = Readonly<
  Record<string, { readonly distribution: 'normal' | 'uniform'; readonly shape: readonly number[] }>
>;

/** Noise for the examples of a batch, as what it is drawn by. */
export interface NoiseDraws {
  readonly requests: NoiseRequests;
  /** Examples. */
  readonly rows: number;
  /** Of the first example's first word; each example after it has the next index. */
  readonly address: RandomAddress;
}

/** One array of noise: rows that begin at the address's `word`, and take a word for each number. */
export interface NoiseArray {
  /** `noise.<request>` */
  readonly name: string;
  readonly distribution: 'normal' | 'uniform';
  /** `[rows, ...shape]` */
  readonly shape: readonly number[];
  /** Numbers a row. */
  readonly columns: number;
  readonly address: RandomAddress;
}

/**
 * The arrays of {@link drawNoise}, before they are drawn: whoever draws them, the numbers are the same.
 *
 * @throws `E_UNKNOWN_NAME` for a distribution that there is not.
 * @example
 * for (const { name, columns, address } of noiseArrays({ z: { distribution: 'normal', shape: [2] } }, 256, address)) {
 *   inputs[name] = normalRows(256, columns, address);
 * }
 */
export function noiseArrays(requests: NoiseRequests, rows: number, address: RandomAddress): NoiseArray[] {
  let word = address.word ?? 0;
  return Object.entries(requests).map(([name, { distribution, shape }]) => {
    if (distribution !== 'normal' && distribution !== 'uniform') {
      const got = shorten(String(distribution));
      throw new LatentkitError('E_UNKNOWN_NAME', `noise.${name}: there is no distribution '${got}'`, {
        fix: didYouMean(got, ['normal', 'uniform']),
      });
    }
    const columns = sizeOfShape(shape);
    const array = {
      ...{ name: `noise.${name}`, distribution, shape: [rows, ...shape], columns },
      address: { ...address, word },
    };
    word += columns;
    return array;
  });
}

/**
 * Noise for a batch, a row for each index from `address.index` on: row `i` depends on nothing but its own index. One request
 * of normal numbers gives those of `normalRows`.
 *
 * @returns float32 arrays `noise.<name>`, `[rows, ...shape]`.
 * @throws `E_UNKNOWN_NAME` for a distribution that there is not; `E_RANGE` for a seed or a first word that `createRandom` refuses.
 * @example
 * drawNoise({ z: { distribution: 'normal', shape: [2] } }, 256, { seed: 1, stream: Stream.latentNoise, step: 17 });
 */
export function drawNoise(
  requests: NoiseRequests,
  rows: number,
  address: RandomAddress,
): Record<string, NdArray<Float32Array<ArrayBuffer>>> {
  return Object.fromEntries(
    noiseArrays(requests, rows, address).map(({ name, distribution, shape, columns, address }) => [
      name,
      { shape, data: randomRows(distribution, rows, columns, address) },
    ]),
  );
}
