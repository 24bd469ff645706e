// The program of a thread that does shares of a map's forces: of node:worker_threads, or a Web Worker.
import { nodeThreads, openWorkerPort } from '@latentkit/core';
import { enableRevectorization } from '@latentkit/kernels/nn';
import { createTsneKernels } from '@latentkit/kernels/tsne';
import { CONTROL_NUMBERS, createForceShares, type ForceTask } from './force-shares.ts';

openWorkerPort<never, ForceTask>().listen(async ({ memory, plan, control, own, room }) => {
  enableRevectorization();
  const tsne = await createTsneKernels({ memory, allocate: () => room, free() {} });
  const shares = createForceShares(tsne, plan, new Int32Array(memory.buffer, control, CONTROL_NUMBERS));
  try {
    shares.follow(own);
  } catch {
    shares.fail();
  }
  // Nobody needs it any more. In a thread of Node's, that is the end of the thread.
  if (nodeThreads()) globalThis.process.exit();
  else globalThis.close();
});
