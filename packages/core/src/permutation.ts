import { LatentkitError } from './error.ts';
import { createRandom, type RandomAddress } from './random.ts';

const MOST_INDICES = 2 ** 28; // 1 GiB

/**
 * 0 ... count - 1.
 *
 * @throws `E_RANGE` for no whole number of things, `E_LIMIT` for more than 2^28 (1 GiB), before any memory is taken.
 */
export function indicesUpTo(count: number): Uint32Array<ArrayBuffer> {
  if (!Number.isSafeInteger(count) || count < 0) {
    throw new LatentkitError('E_RANGE', `permutation: expected a whole number of things, got ${count}`);
  }
  if (count > MOST_INDICES) {
    throw new LatentkitError(
      'E_LIMIT',
      `permutation: expected at most 2^28 things to bring in order, got ${count}`,
    );
  }
  const indices = new Uint32Array(count);
  for (let i = 0; i < count; i++) indices[i] = i; // in place: of many millions a second list would be felt
  return indices;
}

/**
 * A uniformly random order of 0 ... count - 1 (Fisher and Yates's shuffle).
 *
 * @throws as {@link indicesUpTo}, and as `createRandom` for an address that is none.
 * @example
 * permutation(5, { seed: 1, stream: Stream.shuffle, step: epoch });
 */
export function permutation(count: number, address: RandomAddress): Uint32Array<ArrayBuffer> {
  const random = createRandom(address);
  const order = indicesUpTo(count);
  for (let i = count - 1; i > 0; i--) {
    const j = random.integer(i + 1);
    const kept = order[i]!;
    order[i] = order[j]!;
    order[j] = kept;
  }
  return order;
}
