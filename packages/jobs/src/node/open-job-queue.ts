import {
  above,
  checkOptions,
  flagRule,
  functionRule,
  number,
  type OptionRules,
  objectRule,
  textRule,
} from '@latentkit/core/options';
import type { JobQueue } from '../job-queue.ts';
import { openBullQueue } from './bull/bull-queue.ts';
import type { OpenJobQueueOptions } from './bull/open-options.ts';
import { createPoolQueue } from './pool-queue.ts';

const RULES: OptionRules<OpenJobQueueOptions> = {
  name: {
    ...textRule,
    be: 'be a word of letters, digits, hyphens and underscores',
    fits: (value) => typeof value === 'string' && /^[\w-]{1,64}$/.test(value),
  },
  tls: objectRule,
  lockSeconds: number(1, 3600),
  patience: above(0),
  telemetry: flagRule,
  onNotice: functionRule,
};

/**
 * A queue by its URL: `redis://`, `rediss://` or `postgres://` by BullMQ, so that many machines work together; without one, child
 * processes of this machine. What it throws and says has no password in it.
 *
 * @throws `E_USAGE` for an address that is none, and where `bullmq` and `ioredis` or `pg` are not installed; `E_NETWORK` where nobody
 * answers; `E_CONFIG`, `E_RANGE` for options.
 * @example
 * const queue = await openJobQueue('redis://127.0.0.1:6379');
 */
export async function openJobQueue(url?: string, options: OpenJobQueueOptions = {}): Promise<JobQueue> {
  checkOptions('openJobQueue', options, RULES);
  return url === undefined ? createPoolQueue() : openBullQueue(url, options);
}
