import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { expect, it } from 'vitest';
import { CONTROL_BYTES, createBarrier } from './barrier.ts';

const controlBlock = () => new Int32Array(new SharedArrayBuffer(CONTROL_BYTES));

/** A late call of the thread that came last in the generation before, for every place of the block. */
function notifyLate(control: Int32Array): number {
  let woken = 0;
  for (let place = 0; place < 2; place++) woken += Atomics.notify(control, place);
  return woken;
}

it('waitAsync waits until all have come, whoever wakes it before', async () => {
  const control = controlBlock();
  const [one, other] = [createBarrier(control, 2), createBarrier(control, 2)];
  let isOver = false;
  const waiting = one.waitAsync().then(() => {
    isOver = true;
  });
  for (let i = 0; i < 3; i++) {
    expect(notifyLate(control)).toBe(1);
    await setTimeout(5);
    expect(isOver).toBe(false);
  }
  await other.waitAsync();
  await waiting;
});

it('wait waits until all have come, whoever wakes it before', async () => {
  const control = controlBlock();
  const barrier = JSON.stringify(new URL('./barrier.ts', import.meta.url).href);
  const worker = new Worker(
    `import(${barrier}).then(({ createBarrier }) => {
      const { parentPort, workerData } = require('node:worker_threads');
      createBarrier(workerData, 2).wait();
      parentPort.postMessage('over');
    });`,
    { eval: true, workerData: control },
  );
  let isOver = false;
  const over = once(worker, 'message').then(() => {
    isOver = true;
  });
  for (let i = 0; i < 3; i++) {
    while (notifyLate(control) === 0) await setTimeout(1);
    await setTimeout(20);
    expect(isOver).toBe(false);
  }
  await createBarrier(control, 2).waitAsync();
  await over;
  await worker.terminate();
});
