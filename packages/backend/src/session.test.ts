import type { NamedArrays, UpdateRule } from '@latentkit/core';
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, describe, expect, it } from 'vitest';
import { createAccelerator } from './create-accelerator.ts';
import { openSession } from './session.ts';
import { startWasmBackend } from './start-wasm-backend.ts';
import { byGradient } from './testing/by-gradient.ts';
import { expectSameBits } from './testing/expect-same-bits.ts';
import { inputsOf, linear, misshapen, state, usage } from './testing/linear-program.ts';
import { randomArrays } from './testing/random-arrays.ts';
import { runEagerly } from './testing/run-eagerly.ts';
import { createExclusive } from './threads/exclusive.ts';
import { createHeap } from './threads/heap.ts';
import { createOwnPool } from './threads/own-pool.ts';

await startWasmBackend();
const accelerator = await createAccelerator({ workers: 1 });
afterAll(() => accelerator.close());

describe('a session', () => {
  it('takes one call at a time, and no reading or closing meanwhile', async () => {
    const session = await accelerator.open(state);
    const other = await accelerator.open(state);
    const underWay = usage('a call is under way');
    const [first, ...others] = await Promise.allSettled([
      session.step(linear(), { inputs: inputsOf(2) }, byGradient(1)),
      session.run(linear(), { inputs: inputsOf(2, 2) }),
      other.step(linear(), { inputs: inputsOf(2, 2) }, byGradient(1)),
    ]);
    expect(others.map((one) => one.status === 'rejected' && one.reason)).toEqual([underWay, underWay]);
    const { outputs } = runEagerly(linear(), state.parameters, inputsOf(2));
    expectSameBits((first as PromiseFulfilledResult<NamedArrays>).value, outputs);
    const next = session.run(linear(), { inputs: inputsOf(2) });
    expect(() => session.read()).toThrow(underWay);
    expect(() => session.close()).toThrow(underWay);
    await next;
    session.close();
    other.close();
  });

  it('may be closed twice, and is of no use then', async () => {
    const session = await accelerator.open(state);
    session.close();
    session.close();
    const closed = usage('this session was closed');
    await expect(session.run(linear(), { inputs: inputsOf(2) })).rejects.toThrow(closed);
    await expect(session.step(linear(), { inputs: inputsOf(2) }, byGradient(1))).rejects.toThrow(closed);
    expect(() => session.read()).toThrow(closed);
  });

  it('never sees the memory of a session that was closed twice given to two', async () => {
    const first = await accelerator.open(state);
    first.close();
    first.close();
    const [a, b] = [randomArrays({ weight: [3] }, 4), randomArrays({ weight: [3] }, 5)];
    const sessions = [
      await accelerator.open({ parameters: a, slots: {} }),
      await accelerator.open({ parameters: b, slots: {} }),
    ] as const;
    expectSameBits(sessions[0].read().parameters, a);
    expectSameBits(sessions[1].read().parameters, b);
    for (const session of sessions) session.close();
  });

  it('is of no use after its accelerator was closed, but can be closed', async () => {
    const own = await createAccelerator({ workers: 1 });
    const session = await own.open(state);
    await own.close();
    await own.close();
    await expect(session.run(linear(), { inputs: inputsOf(2) })).rejects.toThrow(usage('it was closed'));
    await expect(own.open(state)).rejects.toThrow(usage('it was closed'));
    session.close();
  });

  it('wants a slot of the right size for each parameter', async () => {
    const rule: UpdateRule = { name: 'momentum', slots: ['velocity'] };
    const update = { rule, coefficients: [0.9, 0.1] };
    const bare = await accelerator.open(state);
    await expect(bare.step(linear(), { inputs: inputsOf(2) }, update)).rejects.toThrow(
      usage("momentum needs a slot 'weight/velocity'"),
    );
    const slots = randomArrays({ 'weight/velocity': [2] });
    const short = await accelerator.open({ ...state, slots });
    await expect(short.step(linear(), { inputs: inputsOf(2) }, update)).rejects.toThrow(
      misshapen('has 2 numbers'),
    );
    for (const session of [bare, short]) session.close();
  });

  it('wants no slots of a parameter that has no gradient', async () => {
    const parameters = randomArrays({ weight: [3], still: [2] });
    const slots = randomArrays({ 'weight/velocity': [3] });
    const session = await accelerator.open({ parameters, slots });
    const rule: UpdateRule = { name: 'momentum', slots: ['velocity'] };
    await session.step(linear(), { inputs: inputsOf(2) }, { rule, coefficients: [0.9, 0.1] });
    expectSameBits({ still: session.read().parameters.still! }, { still: parameters.still! });
    session.close();
  });

  it('can be written to, whole or in part, in the shapes that it has', async () => {
    const parameters = randomArrays({ weight: [3], still: [2] });
    const slots = randomArrays({ 'weight/velocity': [3] });
    const session = await accelerator.open({ parameters, slots });
    const weight = { shape: [3], data: Float32Array.of(1, 2, 3) };
    session.write({ parameters: { weight } });
    expectSameBits(session.read().parameters, { ...parameters, weight });
    session.write({ slots: { 'weight/velocity': weight } });
    expectSameBits(session.read().slots, { 'weight/velocity': weight });
    const wrong = { ...weight, shape: [1, 3] };
    expect(() => session.write({ parameters: { weight: wrong } })).toThrow(misshapen('[3], got [1, 3]'));
    expect(() => session.write({ parameters: { other: weight } })).toThrow(usage("no 'other'"));
    session.close();
  });

  it('takes no more memory for programs and sessions that come and go', async () => {
    const memory = new WebAssembly.Memory({ initial: 1, maximum: 65536 });
    const host = {
      pool: await createOwnPool(memory, { tile: 'narrow' }),
      heap: createHeap(memory),
      exclusive: createExclusive(),
    };
    const shapes = { weight: [30_000] };
    const big = { parameters: randomArrays(shapes), slots: {} };
    const inputs = randomArrays({ x: [4, 30_000] });
    const round = async () => {
      const session = openSession(host, big);
      for (let i = 0; i < 20; i++) await session.step(linear(`program ${i}`), { inputs }, byGradient(0));
      const wrong = { key: 'wrong', trace: () => ({ outputs: {}, gradients: { x: tf.scalar(1) } }) };
      await expect(session.step(wrong, { inputs }, byGradient(0))).rejects.toThrow();
      session.close();
    };
    await round();
    const before = memory.buffer.byteLength;
    for (let i = 0; i < 5; i++) await round();
    expect(memory.buffer.byteLength).toBe(before);
  });
});
