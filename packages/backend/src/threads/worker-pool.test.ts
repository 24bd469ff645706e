import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { fresh, node } from '../testing/fresh.ts';

const accelerate = fileURLToPath(new URL('../testing/accelerate-in-node.ts', import.meta.url));

/** Two workers beside the program's own thread, in a list, and a program that keeps them busy for a third of a second and more. */
const BUSY = `
  const threads = process.getBuiltinModule('node:worker_threads');
  const workers = [];
  threads.Worker = class extends threads.Worker {
    constructor(...args) {
      super(...args);
      workers.push(this);
    }
  };
  const accelerator = await createAccelerator({ workers: 3 });
  const weight = { shape: [1024, 1024], data: new Float32Array(1024 * 1024).fill(0.001) };
  const session = await accelerator.open({ parameters: { weight }, slots: {} });
  const inputs = { x: { shape: [256, 1024], data: new Float32Array(256 * 1024).fill(1) } };
  const busy = (layers) => ({
    key: String(layers),
    trace({ parameters: { weight }, inputs: { x } }) {
      let y = x;
      for (let i = 0; i < layers; i++) y = tf.matMul(y, weight);
      return { outputs: { y: tf.sum(y, 1) }, gradients: { weight: weight } };
    },
  });
  const reasonOf = (promise) => promise.then(() => 'none', ({ code, message }) => [code, message]);
  await session.run(busy(1), { inputs });
`;

describe('workers', () => {
  it('give the same bits, however many they are', () => {
    const lines = node(accelerate, '1', '2', '3', '4', 'page', '2').trimEnd().split('\n');
    const [, one] = lines[0]!.split(': ');
    expect(one).toMatch(/^[0-9a-f]{64}$/);
    expect(lines).toEqual([1, 2, 3, 4, 2].map((workers) => `${workers} workers: ${one}`));
  });

  it('end with the process when nobody closes the accelerator', () => {
    expect(fresh(`${BUSY} print([accelerator.workers, workers.length]);`)).toEqual([3, 2]);
  });

  it.each([0, 1])('fail a run clearly when number %d of them dies in the middle of it', (index) => {
    const results = fresh(`${BUSY}
      const pending = reasonOf(session.step(busy(40), { inputs }, { rule: { name: 'sgd', slots: [] }, coefficients: [0] }));
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50);
      workers[${index}].terminate();
      const first = await pending;
      const next = await reasonOf(session.run(busy(1), { inputs }));
      const reading = await reasonOf((async () => session.read())());
      session.close();
      await accelerator.close();
      print([first, next, reading]);`);
    const died = [
      'E_BACKEND',
      expect.stringMatching(`worker ${index + 2} of 3 died: it exited with code 1.*checkpoint`),
    ];
    expect(results).toEqual([died, died, died]);
  });

  it('leave the weights readable when one dies between runs', () => {
    const results = fresh(`${BUSY}
      await workers[0].terminate();
      await new Promise(setImmediate);
      const failed = await reasonOf(session.run(busy(1), { inputs }));
      print([failed, session.read().parameters.weight.data[0]]);`);
    expect(results).toEqual([
      ['E_BACKEND', expect.stringContaining('worker 2 of 3 died')],
      Math.fround(0.001),
    ]);
  });

  it('reject the run under way when the accelerator is closed', () => {
    const results = fresh(`${BUSY}
      const pending = reasonOf(session.run(busy(40), { inputs }));
      const twice = reasonOf(session.run(busy(1), { inputs }));
      await accelerator.close();
      print([await twice, await pending]);`);
    expect(results).toEqual([
      ['E_USAGE', expect.stringContaining('a call is under way')],
      ['E_USAGE', expect.stringContaining('it was closed')],
    ]);
  });

  it('are one, with a note, on a page that is not cross-origin isolated', () => {
    const results = fresh(`
      process.getBuiltinModule = undefined; // as on a page
      const notes = [];
      const accelerator = await createAccelerator({ workers: 3, onNote: (note) => notes.push(note) });
      print([accelerator.workers, notes]);`);
    expect(results).toEqual([
      1,
      [expect.stringMatching(/^one thread instead of 3: .*Cross-Origin-Opener-Policy/)],
    ]);
  });

  it('are one, with a note, where others cannot start', () => {
    const results = fresh(`
      const notes = [];
      const threads = process.getBuiltinModule('node:worker_threads');
      threads.Worker = class extends threads.Worker {
        constructor() {
          super('throw new Error("no room")', { eval: true });
        }
      };
      const accelerator = await createAccelerator({ workers: 3, onNote: (note) => notes.push(note) });
      const session = await accelerator.open({ parameters: {}, slots: {} });
      const doubled = { key: 'doubled', trace: ({ inputs: { x } }) => ({ outputs: { y: tf.mul(x, 2) } }) };
      const x = { shape: [2], data: Float32Array.of(1, 2) };
      print([accelerator.workers, notes, [...(await session.run(doubled, { inputs: { x } })).y.data]]);`);
    expect(results).toEqual([
      1,
      [expect.stringMatching(/^one thread instead of 3: .*worker [23] of 3 could not start: no room/)],
      [2, 4],
    ]);
  });
});

describe('createAccelerator', () => {
  it.each(['0', '1.5', 'NaN', '-1'])('does not take %s workers', (workers) => {
    const text = `print(await createAccelerator({ workers: ${workers} }).catch(({ code }) => code));`;
    expect(fresh(text)).toBe('E_RANGE');
  });
});
