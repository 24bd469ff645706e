import { type Accelerator, availableWorkers, whyNoThreads } from '@latentkit/core';
import { checkOptions, flagRule, functionRule, type OptionRules, whole } from '@latentkit/core/options';
import { createKernelMemory } from '@latentkit/kernels';
import {
  type Arithmetic,
  createNnKernels,
  enableRevectorization,
  setFastestTile,
  type Tile,
} from '@latentkit/kernels/nn';
import type { Tensor } from '@tensorflow/tfjs-core';
import { acceleratorMemory, MOST_PAGES } from './accelerator-memory.ts';
import { arithmeticRule } from './arithmetic-rule.ts';
import { openSession } from './session.ts';
import { CONTROL_BYTES } from './threads/barrier.ts';
import { callerWorks } from './threads/caller-works.ts';
import { CALL_BYTES } from './threads/calls.ts';
import { createExclusive } from './threads/exclusive.ts';
import { createHeap, type Heap } from './threads/heap.ts';
import { createOwnPool } from './threads/own-pool.ts';
import type { Pool } from './threads/pool.ts';
import { createWorkerPool } from './threads/worker-pool.ts';

// Each is a thread with a heap of its own: more than machines have cores are a slip, and take the memory before it is seen.
const MOST_WORKERS = 256;

export interface AcceleratorOptions {
  /** Threads to compute on; all cores by default. */
  workers?: number;
  /** Lets V8 join pairs of SIMD operations for AVX, where it can (Node 23.5 and later); true by default. */
  revectorize?: boolean;
  /**
   * How sums of products are rounded: `strict`, by default, to the same bits everywhere; or `fused` of `@latentkit/kernels/nn-fused`, faster and
   * to other bits, which are the same on all machines that have it.
   */
  arithmetic?: Arithmetic;
  /** Hears why there are fewer workers than asked for. */
  onNote?: (note: string) => void;
}

const RULES: OptionRules<AcceleratorOptions> = {
  workers: whole(1, MOST_WORKERS),
  revectorize: flagRule,
  arithmetic: arithmeticRule,
  onNote: functionRule,
};

/**
 * Makes training faster than tfjs can step by step: a step is recorded once, then repeated by one or more threads without
 * tfjs. The bits are those of tfjs with {@link startWasmBackend} in the same arithmetic, whatever the number of workers.
 *
 * In browsers, more than one worker needs a cross-origin isolated page. Where workers cannot start, one thread does it all,
 * and `onNote` hears why.
 *
 * @throws `E_RANGE` for a number of workers below 1 or above 256; `E_BACKEND` where fused arithmetic is asked for and is not there.
 * @example
 * const accelerator = await createAccelerator({ workers: 2 });
 * for await (const event of train({ model, dataset, epochs: 1, batchSize: 128, accelerator })) report(event);
 * await accelerator.close();
 */
export async function createAccelerator(options: AcceleratorOptions = {}): Promise<Accelerator<Tensor>> {
  checkOptions('createAccelerator', options, RULES);
  const {
    workers = Math.min(availableWorkers(), MOST_WORKERS),
    revectorize = true,
    arithmetic,
    onNote,
  } = options;
  enableRevectorization({ enabled: revectorize });
  const obstacle = workers > 1 ? whyNoThreads() : undefined;
  if (obstacle) onNote?.(`one thread instead of ${workers}: ${obstacle}`);
  const kernels = await createNnKernels(createKernelMemory(), { arithmetic });
  // What is strict has each thread by itself.
  const how = { tile: setFastestTile(kernels), ...(kernels.arithmetic !== 'strict' && { arithmetic }) };
  const { pool, heap } = await openPool(obstacle ? 1 : workers, how).catch((error: Error) => {
    if (obstacle || workers === 1) throw error;
    onNote?.(`one thread instead of ${workers}: ${error.message}`);
    return openPool(1, how);
  });
  const exclusive = createExclusive();
  return {
    workers: pool.size,
    arithmetic: kernels.arithmetic,
    memory: acceleratorMemory(pool.size),
    open: (state) => exclusive.run(async () => openSession({ pool, heap, exclusive }, state)),
    async close() {
      exclusive.close();
      pool.close();
    },
  };
}

/** Threads, and the memory that they work in. */
async function openPool(
  workers: number,
  how: { tile: Tile; arithmetic?: Arithmetic | undefined },
): Promise<{ pool: Pool; heap: Heap }> {
  const memory = new WebAssembly.Memory({ initial: 1, maximum: MOST_PAGES, shared: workers > 1 });
  const heap = createHeap(memory);
  if (workers === 1) return { pool: await createOwnPool(memory, how), heap };
  const control = heap.allocate(CONTROL_BYTES);
  const calls = heap.allocate(CALL_BYTES);
  return {
    pool: await createWorkerPool({ memory, control, calls, workers, ...how, callerWorks: callerWorks() }),
    heap,
  };
}
