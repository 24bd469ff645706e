import type { Shard } from '@latentkit/experiment/node';
import { InvalidArgumentError } from 'commander';

/** `2/8`: the third of eight. */
export function parseShard(text: string): Shard {
  const [, index, count] = /^(\d{1,7})\/(\d{1,7})$/.exec(text)?.map(Number) ?? [];
  if (index === undefined || count === undefined || index >= count) {
    throw new InvalidArgumentError(`Must be i/n with 0 <= i < n, as 0/8, got '${text}'.`);
  }
  return { index, count };
}
