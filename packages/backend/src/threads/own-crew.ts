import type { Tile } from '@latentkit/kernels/nn';
import type { Crew } from './crew.ts';
import { createThread } from './thread.ts';
import { CONTROL_BYTES, ownTurns, resetTurns } from './turns.ts';

/** A crew of one: the caller's own thread. */
export async function createOwnCrew(memory: WebAssembly.Memory, tile: Tile): Promise<Crew> {
  const control = new Int32Array(CONTROL_BYTES / 4);
  const thread = await createThread({ memory, turns: ownTurns(control), tile });
  return {
    size: 1,
    load: thread.load,
    unload: thread.unload,
    async run(id, coefficients) {
      resetTurns(control);
      const share = thread.share(id, coefficients);
      while (!share.next().done);
    },
    close() {},
  };
}
