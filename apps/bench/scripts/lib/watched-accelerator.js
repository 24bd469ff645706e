// An accelerator of one thread, the caller's own, that can be looked into: which kernels it calls, and when it takes which piece of work.
import { acceleratorMemory } from '@latentkit/backend';
import { openSession } from '../../../../packages/backend/dist/session.js';
import { createExclusive } from '../../../../packages/backend/dist/threads/exclusive.js';
import { createHeap } from '../../../../packages/backend/dist/threads/heap.js';
import { createThread } from '../../../../packages/backend/dist/threads/thread.js';

/**
 * @param workers as for how many threads programs are cut.
 * @param begin called before a run, `claim` when the thread asks for the next piece of a stage, `end` with the run's coefficients: none where
 * nothing is trained.
 */
export async function watchedAccelerator({ workers = 1, tile, arithmetic, begin, claim, end }) {
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 65536 });
  const heap = createHeap(memory);
  const counters = [];
  const claims = {
    claim(stage) {
      claim?.(stage);
      counters[stage] = (counters[stage] ?? -1) + 1;
      return counters[stage];
    },
  };
  const thread = await createThread({ memory, claims, tile, arithmetic });
  const pool = {
    size: workers,
    nn: thread.nn,
    load: thread.load,
    unload: thread.unload,
    async run(id, coefficients) {
      counters.length = 0;
      begin?.();
      const share = thread.share(id, coefficients);
      while (!share.next().done);
      end?.(coefficients);
    },
    close() {},
  };
  const exclusive = createExclusive();
  return {
    workers,
    memory: acceleratorMemory(workers),
    nn: thread.nn,
    open: (state) => exclusive.run(async () => openSession({ pool, heap, exclusive }, state)),
    async close() {},
  };
}
