import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { expect, it } from 'vitest';
import { CALL_BYTES, createCallBox, isAfter } from './calls.ts';

const block = () => new SharedArrayBuffer(CALL_BYTES);

it('nobody who looks: the call wants a message', () => {
  const box = createCallBox(block(), 0);
  const { call, isSeen } = box.leave({ id: 7, coefficients: [0.1, -2] }, 1);
  expect(isSeen).toBe(false);
  expect(call).toEqual({ number: 1, id: 7, coefficients: [0.1, -2] });
});

it('a call that was left before is found at once, with all its numbers', () => {
  const buffer = block();
  createCallBox(buffer, 0).leave({ id: 3, coefficients: [1 / 3, 1e-300, -0] }, 1);
  expect(createCallBox(buffer, 0).look(0)).toEqual({ number: 1, id: 3, coefficients: [1 / 3, 1e-300, -0] });
  expect(createCallBox(buffer, 0).look(1)).toBeUndefined();
});

it('a worker that looks sees each call, as soon as it has told of the one before', async () => {
  const buffer = block();
  const box = createCallBox(buffer, 0);
  const module = JSON.stringify(new URL('./calls.ts', import.meta.url).href);
  const worker = new Worker(
    `import(${module}).then(({ createCallBox }) => {
      const { parentPort, workerData } = require('node:worker_threads');
      const box = createCallBox(workerData, 0);
      for (let last = 0; last < 3; ) {
        const call = box.look(last);
        if (!call) continue;
        last = call.number;
        parentPort.postMessage(call.coefficients[0]);
      }
    });`,
    { eval: true, workerData: buffer },
  );
  for (const value of [5, 6, 7]) {
    const told = once(worker, 'message');
    box.leave({ id: 1, coefficients: [value] }, 1);
    expect(await told).toEqual([value]);
  }
  await worker.terminate();
});

it('numbers go round', () => {
  expect(isAfter(1, 0)).toBe(true);
  expect(isAfter(0, 0)).toBe(false);
  expect(isAfter(-(2 ** 31), 2 ** 31 - 1)).toBe(true);
  expect(isAfter(2 ** 31 - 1, -(2 ** 31))).toBe(false);
});
