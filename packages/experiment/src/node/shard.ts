import { LatentkitError } from '@latentkit/core';
import type { OptionRule } from '@latentkit/core/options';

/** One of `count` parts, from 0. */
export interface Shard {
  readonly index: number;
  readonly count: number;
}

export const shardRule: OptionRule = {
  be: 'be { index, count }, whole numbers with 0 <= index < count',
  code: 'E_RANGE',
  fits: (value) => {
    const { index, count } = (value ?? {}) as Partial<Shard>;
    return Number.isSafeInteger(count) && Number.isInteger(index) && index! >= 0 && index! < count!;
  },
};

/** The rows of a shard, from the first up to the last: `floor(i n / k)` to `floor((i + 1) n / k)`. */
export function rowsOfShard(where: string, { index, count }: Shard, images: number): [number, number] {
  if (count > images) {
    throw new LatentkitError(
      'E_RANGE',
      `${where}: expected at most ${images} shards of ${images} images, got ${count}`,
      {
        fix: 'Ask for fewer',
      },
    );
  }
  return [Math.floor((index * images) / count), Math.floor(((index + 1) * images) / count)];
}
