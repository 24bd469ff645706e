import { type Accelerator, LatentkitError } from '@latentkit/core';
import { createKernelMemory } from '@latentkit/kernels';
import { chooseTile, createNnKernels, enableRevectorization } from '@latentkit/kernels/nn';
import type { Tensor } from '@tensorflow/tfjs-core';
import { openSession } from './session.ts';
import { availableWorkers, callerWorks, whyNoThreads } from './threads/available-workers.ts';
import { createHeap } from './threads/heap.ts';
import { createOwnCrew } from './threads/own-crew.ts';
import { CONTROL_BYTES } from './threads/turns.ts';
import { createTurnstile } from './threads/turnstile.ts';
import { createWorkerCrew } from './threads/worker-crew.ts';

// 4 GiB: all that pointers of 32 bits reach. Only what is used is taken.
const MOST_PAGES = 65536;

// Each is a thread with a heap of its own: more than machines have cores are a slip, and take the memory before it is seen.
const MOST_WORKERS = 256;

export interface AcceleratorOptions {
  /** Threads to compute on; all cores by default. */
  workers?: number;
  /** Lets V8 join pairs of SIMD operations for AVX, where it can (Node 23.5 and later); true by default. */
  revectorize?: boolean;
  /** Hears why there are fewer workers than asked for. */
  onNote?: (note: string) => void;
}

/**
 * Makes training faster than tfjs can step by step: a step is recorded once, then repeated by one or more threads without
 * tfjs. The bits are those of tfjs with {@link startWasmBackend}, whatever the number of workers.
 *
 * In browsers, more than one worker needs a cross-origin isolated page.
 *
 * @throws `E_RANGE` for a number of workers below 1 or above 256; `E_BACKEND` when a worker cannot start.
 * @example
 * const accelerator = await createAccelerator({ workers: 2 });
 * for await (const event of train({ model, dataset, epochs: 1, batchSize: 128, accelerator })) report(event);
 * await accelerator.close();
 */
export async function createAccelerator({
  workers = Math.min(availableWorkers(), MOST_WORKERS),
  revectorize = true,
  onNote,
}: AcceleratorOptions = {}): Promise<Accelerator<Tensor>> {
  if (!Number.isInteger(workers) || workers < 1 || workers > MOST_WORKERS) {
    throw new LatentkitError(
      'E_RANGE',
      `createAccelerator: workers must be a whole number from 1 to ${MOST_WORKERS}, got ${workers}`,
    );
  }
  enableRevectorization({ enabled: revectorize });
  const obstacle = workers > 1 ? whyNoThreads() : undefined;
  if (obstacle) onNote?.(`one thread instead of ${workers}: ${obstacle}`);
  const count = obstacle ? 1 : workers;
  const tile = chooseTile(await createNnKernels(createKernelMemory()));
  const memory = new WebAssembly.Memory({ initial: 1, maximum: MOST_PAGES, shared: count > 1 });
  const heap = createHeap(memory);
  const crew =
    count > 1
      ? await createWorkerCrew({
          memory,
          control: heap.allocate(CONTROL_BYTES),
          workers: count,
          tile,
          callerWorks: callerWorks(),
        })
      : await createOwnCrew(memory, tile);
  const turnstile = createTurnstile();
  return {
    workers: count,
    open: (state) => turnstile.pass(async () => openSession({ crew, heap, turnstile }, state)),
    async close() {
      turnstile.close();
      crew.close();
    },
  };
}
