import { LatentkitError } from '@latentkit/core';
import type { Shard } from '@latentkit/experiment/node';
import { parseNumber } from '@latentkit/terminal';
import { type Command, Option } from 'commander';
import { parseShard, parseShards } from './parse-shard.ts';
import { addQueueOptions, type QueueOptions } from './queue-options.ts';

/** How work is cut into parts, and who does them. */
export interface ShardOptions extends QueueOptions {
  /** All of so many parts. */
  shards?: number;
  /** One of them. */
  shard?: Shard;
  children?: number;
  store?: string;
}

/**
 * Options of commands whose work can be done in parts.
 *
 * @param verb what is done to a part.
 * @param whole what the parts are joined to.
 */
export function addShardOptions(command: Command, { verb, whole }: { verb: string; whole: string }): Command {
  const { count } = parseNumber;
  const parted = command
    .optionsGroup('In parts, here or on many machines:')
    .addOption(
      new Option('--shards <n>', `${verb} n parts as jobs, and join them: ${whole}`).argParser(parseShards),
    )
    .addOption(
      new Option(
        '--shard <i/n>',
        `${verb} one of n parts alone, from 0/n; --shards n joins them then`,
      ).argParser(parseShard),
    )
    .addOption(new Option('--children <n>', 'parts at once on this machine (default: 1)').argParser(count))
    .option('--store <dir>', 'where parts lie: a folder that all workers see (default: parts/ in --out)');
  return addQueueOptions(parted);
}

/**
 * Whether parts are asked for.
 *
 * @throws `E_USAGE` for what goes with parts, where none are.
 */
export function isInParts({ shards, shard, children, store, queue }: ShardOptions): boolean {
  if (shards !== undefined || shard !== undefined) return true;
  const [asked] = Object.entries({ children, store, queue }).find(([, value]) => value !== undefined) ?? [];
  if (asked === undefined) return false;
  throw new LatentkitError('E_USAGE', `--${asked} goes with work in parts`, {
    fix: 'Say how many with --shards N, or leave it out',
  });
}
