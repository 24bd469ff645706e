import { handleOf, LatentkitError, type NodeThreads, nodeThreads, type WorkerHandle } from '@latentkit/core';
import type { KernelMemory } from '@latentkit/kernels';
import type { TsneKernels } from '@latentkit/kernels/tsne';
import { CONTROL_NUMBERS, createForceShares, type ForcePlan, type ForceTask } from './force-shares.ts';

/** Threads that share the forces of each iteration with their caller's. */
export interface ForceCrew {
  /**
   * The attraction and repulsion of all points, and `Z`: the same bits as alone. Who is not there yet, or has given up waiting, is
   * not waited for.
   *
   * @throws `E_BACKEND` when a thread fails at its share.
   */
  forces(): number;
  end(): void;
}

// More than the kernels of t-SNE keep for their constants.
const ROOM_BYTES = 1024;

/** Starts `workers - 1` threads in a shared memory; they take part as soon as they are there. */
export function startForceCrew(
  { memory, allocate }: KernelMemory,
  tsne: TsneKernels,
  plan: ForcePlan,
  workers: number,
): ForceCrew {
  const control = allocate(4 * CONTROL_NUMBERS);
  const numbers = new Int32Array(memory.buffer, control, CONTROL_NUMBERS).fill(0);
  const shares = createForceShares(tsne, plan, numbers);
  const places = Array.from({ length: workers - 1 }, () => ({
    own: allocate(tsne.joiningScratch(plan.count)),
    room: allocate(ROOM_BYTES),
  }));
  const handles = places.flatMap((place): WorkerHandle<ForceTask>[] => {
    try {
      const handle = handleOf<ForceTask, never>(spawn(), { message() {}, died() {} });
      handle.post({ memory, plan, control, ...place });
      handle.keepAlive(false);
      return [handle];
    } catch {
      return []; // no thread can start here: whoever is there does all shares
    }
  });
  return {
    forces() {
      const z = shares.lead();
      if (z !== undefined) return z;
      throw new LatentkitError('E_BACKEND', 'createTsne: a thread failed at its share of the forces', {
        fix: 'Map with workers: 1',
      });
    },
    end() {
      shares.quit();
      for (const handle of handles) handle.end();
    },
  };
}

function spawn() {
  const threads = nodeThreads();
  if (threads) return startInNode(threads);
  return new Worker(new URL('./force-worker.js', import.meta.url), { type: 'module' });
}

// In these words bundlers find the worker's program, in both places.
function startInNode({ Worker }: NodeThreads) {
  return new Worker(new URL('./force-worker.js', import.meta.url), {
    // Plain JavaScript: flags of the program, such as --input-type or a loader, are not for it.
    execArgv: [],
    resourceLimits: { maxYoungGenerationSizeMb: 1 },
  });
}
