// The program of a worker: of node:worker_threads, or a Web Worker.
import { openWorkerPort } from '@latentkit/core';
import { type Barrier, CONTROL_BYTES, createBarrier } from './barrier.ts';
import type { FromWorker, ToWorker } from './messages.ts';
import { createThread, type Thread } from './thread.ts';

const port = openWorkerPort<FromWorker, ToWorker>();
let isFirst = false;
let barrier: Barrier;
// Messages are answered in their order, also while the thread is being made.
let thread: Promise<Thread>;

async function start({
  memory,
  control,
  workers,
  index,
  tile,
}: ToWorker & { type: 'start' }): Promise<Thread> {
  isFirst = index === 0;
  barrier = createBarrier(new Int32Array(memory.buffer, control, CONTROL_BYTES / 4), workers);
  const made = await createThread({ memory, claims: barrier, tile });
  port.post({ type: 'ready' });
  return made;
}

async function receive(message: ToWorker): Promise<void> {
  if (message.type === 'start') {
    thread = start(message);
    await thread;
    return;
  }
  const own = await thread;
  if (message.type === 'load') own.load(message.id, message.program);
  else if (message.type === 'unload') own.unload(message.id);
  else {
    const share = own.share(message.id, message.coefficients);
    while (!share.next().done) barrier.wait();
    if (isFirst) port.post({ type: 'done' });
  }
}

port.listen((message) => {
  receive(message).catch((error: unknown) => {
    port.post({ type: 'failed', reason: error instanceof Error ? error.message : String(error) });
  });
});
