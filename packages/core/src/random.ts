import { LatentkitError } from './error.ts';
import { normalQuantile } from './normal-quantile.ts';
import { philox4x32 } from './philox.ts';
import type { Stream } from './stream.ts';

/** Where a sequence of draws begins: which seed, what for, at which step, for which thing (example, layer, ...). */
export interface RandomAddress {
  /** A whole number from 0 to 2^53 - 1. */
  seed: number;
  stream: Stream;
  /** Unsigned 32-bit; 0 by default. */
  step?: number;
  /** Unsigned 32-bit; 0 by default. */
  index?: number;
  /** The word that the sequence begins with, so that a long one can be drawn in pieces: 0 (the default) to 2^34 - 1. */
  word?: number;
}

const MOST_WORDS = 2 ** 34; // four to each of the 2^32 blocks of a counter

/** A sequence of draws. Two generators of one address give the same draws. */
export interface Random {
  /** A word, 0 to 2^32 - 1. */
  word(): number;
  /** A multiple of 2^-24 in [0, 1): exact as float32. */
  uniform(): number;
  /** A standard normal number. */
  normal(): number;
  /** A whole number in [0, limit). */
  integer(limit: number): number;
}

/**
 * The draws at an address: word `i` is word `i mod 4` of Philox 4x32-10 with the seed's two words as key and
 * `[floor(i / 4), index, step, stream]` as counter.
 *
 * @throws `E_RANGE` when the seed is not a whole number of 0 to 2^53 - 1, or the first word none of 0 to 2^34 - 1.
 * @example
 * const random = createRandom({ seed: 42, stream: Stream.weights });
 * random.normal(); // the same number on every machine
 */
export function createRandom(address: RandomAddress): Random {
  if (typeof address !== 'object' || address === null) {
    throw new LatentkitError('E_USAGE', 'createRandom: expected an address, { seed, stream, ... }');
  }
  const { seed, stream, step = 0, index = 0, word: first = 0 } = address;
  if (!Number.isSafeInteger(seed) || seed < 0) {
    throw new LatentkitError(
      'E_RANGE',
      `createRandom: the seed must be a whole number from 0 to 2^53 - 1, got ${seed}`,
    );
  }
  if (!Number.isSafeInteger(first) || first < 0 || first >= MOST_WORDS) {
    throw new LatentkitError(
      'E_RANGE',
      `createRandom: the first word must be a whole number from 0 to 2^34 - 1, got ${first}`,
    );
  }
  const key0 = seed >>> 0;
  const key1 = Math.floor(seed / 4294967296);
  const buffer = new Uint32Array(4);
  let block = Math.floor(first / 4);
  let next = 4;
  const word = () => {
    if (next === 4) {
      philox4x32(key0, key1, block++, index >>> 0, step >>> 0, stream, buffer, 0);
      next = 0;
    }
    return buffer[next++]!;
  };
  for (let skipped = first % 4; skipped > 0; skipped--) word();
  return {
    word,
    uniform: () => (word() >>> 8) / 16777216,
    normal: () => normalQuantile(word()),
    integer: (limit) => Math.floor((word() / 4294967296) * limit),
  };
}
