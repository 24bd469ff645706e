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

it('a worker that looks sees each call, and its caller knows', async () => {
  const buffer = block();
  const box = createCallBox(buffer, 0);
  const module = JSON.stringify(new URL('./calls.ts', import.meta.url).href);
  const worker = new Worker(
    `import(${module}).then(({ createCallBox }) => {
      const { parentPort, workerData } = require('node:worker_threads');
      const box = createCallBox(workerData, 0);
      const found = [];
      for (let last = 0; found.length < 3; ) {
        const call = box.look(last);
        if (call) { found.push(call.coefficients[0]); last = call.number; }
      }
      parentPort.postMessage(found);
    });`,
    { eval: true, workerData: buffer },
  );
  const over = once(worker, 'message');
  const places = new Int32Array(buffer);
  for (const value of [5, 6, 7]) {
    // Of the worker's looks there are short breaks: the call is seen in the next one.
    box.leave({ id: 1, coefficients: [value] }, 1);
    const number = places[0]!;
    while (value < 7 && !(await isTaken(places, number)));
  }
  expect((await over)[0].at(-1)).toBe(7);
  await worker.terminate();
});

/** Whether somebody looks for what comes after a call. */
async function isTaken(places: Int32Array, number: number): Promise<boolean> {
  await new Promise((resolve) => setTimeout(resolve, 5));
  return places[0] === number && places[1]! > 0;
}

it('numbers go round', () => {
  expect(isAfter(1, 0)).toBe(true);
  expect(isAfter(0, 0)).toBe(false);
  expect(isAfter(-(2 ** 31), 2 ** 31 - 1)).toBe(true);
  expect(isAfter(2 ** 31 - 1, -(2 ** 31))).toBe(false);
});
