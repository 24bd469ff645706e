import type { Arithmetic, Tile } from '@latentkit/kernels/nn';
import { CONTROL_BYTES, ownClaims, resetClaims } from './barrier.ts';
import type { Pool } from './pool.ts';
import { createThread } from './thread.ts';

/** A pool of one: the caller's own thread. */
export async function createOwnPool(
  memory: WebAssembly.Memory,
  { tile, arithmetic }: { tile: Tile; arithmetic?: Arithmetic | undefined },
): Promise<Pool> {
  const control = new Int32Array(CONTROL_BYTES / 4);
  const thread = await createThread({ memory, claims: ownClaims(control), tile, arithmetic });
  return {
    size: 1,
    nn: thread.nn,
    load: thread.load,
    unload: thread.unload,
    async run(id, coefficients) {
      resetClaims(control);
      const share = thread.share(id, coefficients);
      while (!share.next().done);
    },
    close() {},
  };
}
