import { expect, onTestFinished, test } from 'vitest';
import { type EngineProcess, startEngine } from './engine-process.ts';
import { type FakeEngine, fakeEngine } from './testing/fake-engine.ts';

const PATIENT = { timeoutMs: 20_000 };

async function start(fake: FakeEngine = {}, options = PATIENT): Promise<EngineProcess> {
  const engine = await startEngine(fakeEngine(fake), options);
  onTestFinished(() => engine.close());
  return engine;
}

test('an engine greets, and answers a request with as many times', async () => {
  const engine = await start({ greeting: { versions: { tfjs: '4.22.0' } } });
  expect(engine.ready).toEqual({ ready: true, rows: ['a', 'b'], workers: 1, versions: { tfjs: '4.22.0' } });
  expect(await engine.measure({ row: 'a', repeats: 3 })).toEqual({ ms: [2, 2, 2] });
  expect(await engine.measure({ row: 'b', repeats: 1 })).toEqual({ ms: [2] });
});

test('what libraries print between the answers is no answer', async () => {
  const engine = await start({
    answer: 'console.log("tip: {buy} more"); console.log("{oops"); send({ ms: [1] })',
  });
  expect(await engine.measure({ row: 'a', repeats: 1 })).toEqual({ ms: [1] });
});

test('an engine that cannot do a row says so and goes on', async () => {
  const engine = await start({ answer: 'send(row === "a" ? { error: "too large" } : { ms: [1] })' });
  await expect(engine.measure({ row: 'a', repeats: 1 })).rejects.toThrow('too large');
  expect(engine.alive).toBe(true);
  expect(await engine.measure({ row: 'b', repeats: 1 })).toEqual({ ms: [1] });
});

test('an engine that dies is known to be dead, and by what', async () => {
  const engine = await start({ answer: 'throw new TypeError("out of order")' });
  const measuring = engine.measure({ row: 'a', repeats: 1 });
  await expect(measuring).rejects.toThrow('it ended with exit code 1: TypeError: out of order');
  expect(engine.alive).toBe(false);
  await expect(engine.measure({ row: 'b', repeats: 1 })).rejects.toThrow('it has ended');
});

test('an engine that stays silent is ended', async () => {
  const engine = await start({ answer: '' }, { timeoutMs: 2000 });
  await expect(engine.measure({ row: 'a', repeats: 1 })).rejects.toThrow('no answer within 2 s');
  expect(engine.alive).toBe(false);
});

test('an engine that says why it cannot work is not started', async () => {
  await expect(start({ greeting: '{ "error": "there is no torch" }' })).rejects.toThrow('there is no torch');
});

test('a program that is missing is named', async () => {
  const starting = startEngine({ command: '/nowhere/python3', args: [] }, PATIENT);
  await expect(starting).rejects.toThrow('there is no /nowhere/python3');
});

test('a stop ends the engine and gives the reason of the stop', async () => {
  const controller = new AbortController();
  const engine = await startEngine(fakeEngine({ answer: '' }), { ...PATIENT, signal: controller.signal });
  const measuring = engine.measure({ row: 'a', repeats: 1 });
  controller.abort(new Error('enough'));
  await expect(measuring).rejects.toThrow('enough');
  expect(engine.alive).toBe(false);
});
