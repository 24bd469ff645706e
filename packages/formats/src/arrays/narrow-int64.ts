import { LatentkitError } from '@latentkit/core';

/** 64-bit whole numbers as float64, refused where one would be rounded. */
export function narrowInt64(where: string, words: BigInt64Array | BigUint64Array): Float64Array<ArrayBuffer> {
  return Float64Array.from(words, (word, index) => {
    const value = Number(word);
    if (!Number.isSafeInteger(value) && BigInt(value) !== word) {
      throw new LatentkitError(
        'E_RANGE',
        `${where}: expected 64-bit numbers that float64 holds exactly, got ${word} at index ${index}`,
        { fix: 'Store the array as float64 or int32.' },
      );
    }
    return value;
  });
}
