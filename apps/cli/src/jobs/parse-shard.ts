import type { Shard } from '@latentkit/experiment/node';
import { formatCount, parseNumber } from '@latentkit/terminal';
import { InvalidArgumentError } from 'commander';

/** Of one piece of work: each is a job and a folder. */
const MOST_SHARDS = 100_000;

/** `2/8`: the third of eight. */
export function parseShard(text: string): Shard {
  const [, index, count] = /^(\d{1,16})\/(\d{1,16})$/.exec(text)?.map(Number) ?? [];
  if (index === undefined || count === undefined || index >= count) {
    throw new InvalidArgumentError(`Must be i/n with 0 <= i < n, as 0/8, got '${text}'.`);
  }
  checkShards(count);
  return { index, count };
}

/** How many parts. */
export function parseShards(text: string): number {
  return checkShards(parseNumber.count(text));
}

function checkShards(count: number): number {
  if (count <= MOST_SHARDS) return count;
  throw new InvalidArgumentError(`Must be at most ${formatCount(MOST_SHARDS)} parts.`);
}
