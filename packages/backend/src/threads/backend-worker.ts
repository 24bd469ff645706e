// The program of a worker: of node:worker_threads, or a Web Worker.
import { openWorkerPort } from '@latentkit/core';
import { type Barrier, CONTROL_BYTES, createBarrier } from './barrier.ts';
import { type Call, type CallBox, createCallBox, isAfter } from './calls.ts';
import type { FromWorker, ToWorker } from './messages.ts';
import { createThread, type Thread } from './thread.ts';

const port = openWorkerPort<FromWorker, ToWorker>();
let isFirst = false;
let barrier: Barrier;
let calls: CallBox;
/** The number of the last call that was answered. */
let last = 0;
/** A call whose program is still on its way. */
let missed: Call | undefined;
// Messages are answered in their order, also while the thread is being made.
let thread: Promise<Thread>;

async function start({
  memory,
  control,
  calls: box,
  workers,
  index,
  tile,
  arithmetic,
}: ToWorker & { type: 'start' }): Promise<Thread> {
  isFirst = index === 0;
  barrier = createBarrier(new Int32Array(memory.buffer, control, CONTROL_BYTES / 4), workers);
  calls = createCallBox(memory.buffer, box);
  const made = await createThread({ memory, claims: barrier, tile, arithmetic });
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
  if (message.type === 'load') {
    own.load(message.id, message.program);
    if (missed) answer(own, missed);
  } else if (message.type === 'unload') own.unload(message.id);
  else answer(own, message);
}

/** Does a run, and those that follow soon. */
function answer(own: Thread, told: Call): void {
  // It may have been seen in the box before.
  let call: Call | undefined = isAfter(told.number, last) ? told : undefined;
  while (call) {
    if (!own.knows(call.id)) {
      missed = call;
      return;
    }
    last = call.number;
    const share = own.share(call.id, call.coefficients);
    while (!share.next().done) barrier.wait();
    if (isFirst) port.post({ type: 'done' });
    call = calls.look(last);
  }
}

port.listen((message) => {
  receive(message).catch((error: unknown) => {
    port.post({ type: 'failed', reason: error instanceof Error ? error.message : String(error) });
  });
});
