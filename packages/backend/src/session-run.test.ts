import { drawNoise, Stream, type TracedProgram } from '@latentkit/core';
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, describe, expect, it } from 'vitest';
import { createAccelerator } from './create-accelerator.ts';
import { startWasmBackend } from './start-wasm-backend.ts';
import { byGradient } from './testing/by-gradient.ts';
import { expectSameBits } from './testing/expect-same-bits.ts';
import { fresh } from './testing/fresh.ts';
import { inputsOf, linear, misshapen, state, usage } from './testing/linear-program.ts';
import { randomArrays } from './testing/random-arrays.ts';
import { runEagerly } from './testing/run-eagerly.ts';

await startWasmBackend();
const accelerator = await createAccelerator({ workers: 1 });
afterAll(() => accelerator.close());

describe('run', () => {
  it('takes programs of the weights alone', async () => {
    const session = await accelerator.open(state);
    const squares = {
      key: 'squares',
      trace: ({ parameters: { weight } }: { parameters: Readonly<Record<string, tf.Tensor>> }) => ({
        outputs: { weight: weight!, squares: tf.mul(weight!, weight!), sum: tf.sum(weight!) },
      }),
    };
    const data = { inputs: {} };
    expectSameBits(await session.run(squares, data), runEagerly(squares, state.parameters, {}).outputs);
    session.close();
  });

  it('multiplies by the weights as they are after every step and every write, for batches of all sizes', async () => {
    const parameters = randomArrays({ weight: [20, 24], tied: [24, 20] }, 3);
    const session = await accelerator.open({ parameters, slots: {} });
    const layers: TracedProgram<tf.Tensor> = {
      key: 'layers',
      trace: ({ parameters: { weight, tied }, inputs: { x } }) => {
        const hidden = tf.matMul(x as tf.Tensor2D, weight as tf.Tensor2D);
        const y = tf.matMul(hidden, tied as tf.Tensor2D);
        const back = tf.matMul(y, weight as tf.Tensor2D);
        const across = tf.matMul(back, weight as tf.Tensor2D, false, true);
        return { outputs: { across, sum: tf.sum(across) }, gradients: { weight: tf.mul(weight!, 0.5) } };
      },
    };
    const expectCurrent = async () => {
      const { parameters } = session.read();
      for (const batch of [1, 9, 40]) {
        const inputs = randomArrays({ x: [batch, 20] }, batch);
        const eager = runEagerly(layers, parameters, inputs).outputs;
        expectSameBits(await session.run(layers, { inputs }), eager);
      }
      return parameters.weight!.data;
    };
    const first = await expectCurrent();
    const update = byGradient(0.1);
    await session.step(layers, { inputs: randomArrays({ x: [9, 20] }) }, update);
    const second = await expectCurrent();
    expect(second).not.toEqual(first);
    session.write({ parameters: { tied: randomArrays({ tied: [24, 20] }, 8).tied! } });
    await expectCurrent();
    session.close();
  });

  it('makes a program of its own for every shape and every key', async () => {
    const session = await accelerator.open(state);
    const scaled = (factor: number): TracedProgram<tf.Tensor> => ({
      key: `scaled ${factor}`,
      trace: ({ inputs: { x } }) => ({ outputs: { y: tf.mul(x!, factor) } }),
    });
    // More than are kept, twice over, the first ones again and again.
    for (const factor of [1, 2, 1, 3, 4, 5, 1, 6, 7, 8, 9, 10, 1, 2, 3, 4]) {
      for (const batch of [2, 5]) {
        const inputs = inputsOf(batch, factor);
        expectSameBits(
          await session.run(scaled(factor), { inputs }),
          runEagerly(scaled(factor), state.parameters, inputs).outputs,
        );
      }
    }
    session.close();
  });

  it('keeps sixteen programs, and forgets the one that was used longest ago', async () => {
    const session = await accelerator.open(state);
    const traced: string[] = [];
    const counted = (key: string): TracedProgram<tf.Tensor> => {
      const program = linear(key);
      return {
        key,
        trace(given) {
          traced.push(key);
          return program.trace(given);
        },
      };
    };
    for (const key of [...'aabcdefghijklmnopa']) await session.run(counted(key), { inputs: inputsOf(2) });
    // Twice at first, and at the second call.
    expect(traced.join('')).toBe('aaabbccddeeffgghhiijjkkllmmnnoopp');
    traced.length = 0;
    for (const key of [...'qccb']) await session.run(counted(key), { inputs: inputsOf(2) }); // b was used longest ago
    expect(traced.join('')).toBe('qqcbb');
    session.close();
  });

  it('takes scalars anew at each call, without recording anew for them', async () => {
    const session = await accelerator.open(state);
    let traced = 0;
    const weighed: TracedProgram<tf.Tensor> = {
      key: 'weighed',
      trace({ inputs: { x }, scalars: { beta } }) {
        traced++;
        return { outputs: { y: tf.mul(x!, beta!) } };
      },
    };
    const inputs = inputsOf(5);
    for (const beta of Array.from({ length: 17 }, (_, i) => 0.25 * i - 3)) {
      const { y } = await session.run(weighed, { inputs, scalars: { beta } });
      expectSameBits({ y: y! }, { y: { shape: [5, 3], data: inputs.x!.data.map((x) => x * beta) } });
    }
    expect(traced).toBe(6); // twice at first, then at calls 2, 4, 8 and 16
    session.close();
  });

  it('draws the noise that it is asked for: the numbers of drawNoise, new at each call', async () => {
    const requests = {
      z: { distribution: 'normal', shape: [3] },
      u: { distribution: 'uniform', shape: [2, 3] },
    } as const;
    const noisy: TracedProgram<tf.Tensor> = {
      key: 'noisy',
      trace: ({ inputs: { x, 'noise.z': z, 'noise.u': u } }) => ({
        outputs: { y: tf.add(tf.mul(x!, z!), tf.sum(u!, 1)) },
      }),
    };
    for (const workers of [1, 2]) {
      const threads = await createAccelerator({ workers });
      const session = await threads.open(state);
      for (const step of [1, 2, 3]) {
        const address = { seed: 2 ** 33 + 1, stream: Stream.latentNoise, step, index: 7, word: 3 * step };
        const inputs = inputsOf(5);
        const given = { ...inputs, ...drawNoise(requests, 5, address) };
        expectSameBits(
          await session.run(noisy, { inputs, noise: { requests, rows: 5, address } }),
          runEagerly(noisy, state.parameters, given).outputs,
        );
      }
      await expect(
        session.run(noisy, {
          inputs: inputsOf(5),
          noise: { requests, rows: 4, address: { seed: 1, stream: Stream.sample } },
        }),
      ).rejects.toThrow(misshapen("every input's first dimension must be the batch"));
      session.close();
      await threads.close();
    }
  });

  it.each([
    ['draws random numbers', () => (x: tf.Tensor) => tf.add(x, tf.randomNormal(x.shape))],
    ['drops numbers at random', () => (x: tf.Tensor) => tf.mul(x, tf.step(tf.randomUniform(x.shape, -1, 1)))],
    [
      'counts up',
      () => {
        let count = 0;
        return (x: tf.Tensor) => tf.mul(x, count++);
      },
    ],
    [
      'has a bound that moves',
      () => {
        let bound = 1;
        return (x: tf.Tensor) => tf.clipByValue(x, 0, bound++);
      },
    ],
  ])('refuses a program that %s, at once', async (name, create) => {
    const session = await accelerator.open(state);
    const compute = create();
    const program: TracedProgram<tf.Tensor> = {
      key: name,
      trace: ({ inputs: { x } }) => ({ outputs: { y: compute(x!) } }),
    };
    for (let i = 0; i < 2; i++) {
      const run = session.run(program, { inputs: inputsOf(2) });
      await expect(run).rejects.toThrow(usage(`'${name}' does not do the same at each call`));
    }
    session.close();
  });

  it('refuses a program later whose numbers change by no declared way, and again until they are as they were', async () => {
    const session = await accelerator.open(state);
    let rate = 0.5;
    const program: TracedProgram<tf.Tensor> = {
      key: 'rate',
      trace: ({ inputs: { x } }) => ({ outputs: { y: tf.mul(x!, tf.scalar(rate)) } }),
    };
    const run = () => session.run(program, { inputs: inputsOf(2) });
    for (let call = 1; call <= 3; call++) await run();
    rate = 0.25;
    for (let call = 0; call < 2; call++) {
      await expect(run()).rejects.toThrow(usage('had a constant [] of 0.5, and now a constant [] of 0.25'));
    }
    rate = 0.5;
    await run();
    session.close();
  });

  it.each([
    ['a tensor', () => tf.tensor1d([1, 2, 3])],
    ['a variable', () => tf.variable(tf.tensor1d([1, 2, 3]))],
  ])('refuses a program that reads %s of outside', async (name, create) => {
    const session = await accelerator.open(state);
    const outside = create();
    const program: TracedProgram<tf.Tensor> = {
      key: name,
      trace: ({ inputs: { x } }) => ({ outputs: { y: tf.mul(x!, outside) } }),
    };
    await expect(session.run(program, { inputs: inputsOf(2) })).rejects.toThrow(
      usage('comes from outside of the program'),
    );
    outside.dispose();
    session.close();
  });

  it('says that a gradient is missing, and how to get it', () => {
    const program = `
      const accelerator = await createAccelerator({ workers: 1 });
      const session = await accelerator.open({ parameters: { weight: { shape: [1], data: Float32Array.of(3) } }, slots: {} });
      const trace = ({ parameters: { weight } }) => ({ outputs: { y: tf.grad((w) => tf.square(w))(weight) } });
      const error = await session.run({ key: 'no gradient', trace }, { inputs: {} }).catch((reason) => reason);
      print([error.code, error.message]);`;
    expect(fresh(program)).toEqual(['E_BACKEND', expect.stringMatching(/Square.*registerGradients/)]);
  });

  it('throws E_LIMIT for more stages than threads can count', async () => {
    const session = await accelerator.open(state);
    const program: TracedProgram<tf.Tensor> = {
      key: 'deep',
      trace({ inputs: { x } }) {
        let y = x!;
        for (let i = 0; i < 1024; i++) y = tf.sub(y, tf.sum(y, 0));
        return { outputs: { y } };
      },
    };
    await expect(session.run(program, { inputs: inputsOf(2) })).rejects.toThrow(
      expect.objectContaining({ code: 'E_LIMIT', message: expect.stringMatching(/2048 stages, of 2046/) }),
    );
    session.close();
  });

  it.each([
    ['batches that differ', { x: [2, 3], noise: [3, 1] }, 'got x [2, 3], noise [3, 1]'],
    ['no examples', { x: [0, 3] }, 'got x [0, 3]'],
    ['a scalar', { x: [] }, 'got x []'],
  ] as [string, Record<string, number[]>, string][])(
    'says that inputs have %s',
    async (_, shapes, message) => {
      const session = await accelerator.open(state);
      const nothing = { key: 'nothing', trace: () => ({ outputs: {} }) };
      await expect(session.run(nothing, { inputs: randomArrays(shapes) })).rejects.toThrow(
        misshapen(message),
      );
      session.close();
    },
  );

  it('says that numbers do not fill their shape', async () => {
    const session = await accelerator.open(state);
    const inputs = { x: { shape: [2, 3], data: new Float32Array(5) } };
    await expect(session.run(linear(), { inputs })).rejects.toThrow(misshapen("'x' has 5 numbers"));
    session.close();
  });
});
