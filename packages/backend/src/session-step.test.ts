import type { NamedArrays, TracedProgram, UpdateRule } from '@latentkit/core';
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, describe, expect, it } from 'vitest';
import { createAccelerator } from './create-accelerator.ts';
import { startWasmBackend } from './start-wasm-backend.ts';
import { byGradient } from './testing/by-gradient.ts';
import { expectSameBits } from './testing/expect-same-bits.ts';
import { inputsOf, linear, misshapen, state, usage } from './testing/linear-program.ts';
import { randomArrays } from './testing/random-arrays.ts';

await startWasmBackend();
const accelerator = await createAccelerator({ workers: 1 });
afterAll(() => accelerator.close());

const { fround, sqrt, abs, max } = Math;

type Plain = (p: number, g: number, slots: number[], c: number[]) => number[];

/** Each rule on one number, rounded after each operation; coefficients are float32 already. */
const RULES: [UpdateRule, coefficients: number[], plain: Plain][] = [
  [{ name: 'sgd', slots: [] }, [0.1], (p, g, _, [rate]) => [fround(p - fround(g * rate!))]],
  [
    { name: 'momentum', slots: ['velocity'] },
    [0.9, 0.1],
    (p, g, [velocity], [momentum, rate]) => {
      const next = fround(fround(velocity! * momentum!) + g);
      return [fround(p - fround(next * rate!)), next];
    },
  ],
  [
    { name: 'nesterov', slots: ['velocity'] },
    [0.9, 0.1],
    (p, g, [velocity], [momentum, rate]) => {
      const next = fround(fround(velocity! * momentum!) + g);
      return [fround(p - fround(fround(g + fround(next * momentum!)) * rate!)), next];
    },
  ],
  [
    { name: 'rmsprop', slots: ['v'] },
    [0.9, 0.1, 1e-7, 0.01],
    (p, g, [v], [rho, share, epsilon, rate]) => {
      const next = fround(fround(v! * rho!) + fround(fround(g * g) * share!));
      return [fround(p - fround(fround(g / fround(fround(sqrt(next)) + epsilon!)) * rate!)), next];
    },
  ],
  [
    { name: 'adam', slots: ['m', 'v'] },
    [0.9, 0.1, 0.999, 0.001, 0.5, 1e-7, 0.01],
    (p, g, [m, v], [decayM, shareM, decayV, shareV, correctionV, epsilon, rate]) => {
      const nextM = fround(fround(m! * decayM!) + fround(g * shareM!));
      const nextV = fround(fround(v! * decayV!) + fround(fround(g * g) * shareV!));
      const denominator = fround(fround(fround(sqrt(nextV)) / correctionV!) + epsilon!);
      return [fround(p - fround(fround(nextM / denominator) * rate!)), nextM, nextV];
    },
  ],
  [
    { name: 'adamax', slots: ['m', 'u'] },
    [0.9, 0.1, 0.999, 1e-7, 0.01],
    (p, g, [m, u], [decayM, shareM, decayU, epsilon, rate]) => {
      const nextM = fround(fround(m! * decayM!) + fround(g * shareM!));
      const nextU = max(fround(u! * decayU!), fround(abs(g) + epsilon!));
      return [fround(p - fround(fround(nextM / nextU) * rate!)), nextM, nextU];
    },
  ],
];

describe('step', () => {
  it.each(RULES)(
    'moves parameters by $name, bit for bit, step after step',
    async (rule, coefficients, plain) => {
      // More numbers than a slice, and not a multiple of one.
      const size = 16384 + 5;
      const parameters = randomArrays({ weight: [size] }, 1);
      const zeros = { shape: [size], data: new Float32Array(size) };
      const slots = Object.fromEntries(rule.slots.map((slot) => [`weight/${slot}`, zeros]));
      const session = await accelerator.open({ parameters, slots });
      const program: TracedProgram<tf.Tensor> = {
        key: 'mean',
        trace: ({ inputs: { x } }) => ({ outputs: {}, gradients: { weight: tf.sum(x!, 0) } }),
      };
      let expected: number[][] = [...parameters.weight!.data].map((number) => [
        number,
        ...rule.slots.map(() => 0),
      ]);
      for (let step = 0; step < 3; step++) {
        const inputs = randomArrays({ x: [2, size] }, 10 + step);
        const x = inputs.x!.data;
        await session.step(program, { inputs }, { rule, coefficients });
        expected = expected.map(([p, ...own], i) =>
          plain(p!, fround(x[i]! + x[size + i]!), own, coefficients.map(fround)),
        );
      }
      const column = (j: number) => ({ shape: [size], data: Float32Array.from(expected, (row) => row[j]!) });
      expectSameBits(session.read().parameters, { weight: column(0) });
      const expectedSlots = rule.slots.map((slot, j) => [`weight/${slot}`, column(j + 1)]);
      expectSameBits(session.read().slots, Object.fromEntries(expectedSlots));
      session.close();
    },
  );

  it.each([Number.NaN, Number.POSITIVE_INFINITY])(
    'leaves the weights as they were where a scalar output is %d, and goes on after it',
    async (bad) => {
      const session = await accelerator.open(state);
      const x = Float32Array.of(1, 2, 3, bad, 5, 6);
      const { sum } = await session.step(
        linear(),
        { inputs: { x: { shape: [2, 3], data: x } } },
        byGradient(0.5),
      );
      expect(Number.isFinite(sum!.data[0])).toBe(false);
      expectSameBits(session.read().parameters, state.parameters);
      await session.step(
        linear(),
        { inputs: { x: { shape: [2, 3], data: new Float32Array(6).fill(1) } } },
        byGradient(0.5),
      );
      expect(session.read().parameters.weight!.data).toEqual(state.parameters.weight!.data.map((w) => w - 1));
      session.close();
    },
  );

  it('gives outputs and gradients that are parameters as they were before the update', async () => {
    const swap: TracedProgram<tf.Tensor> = {
      key: 'swap',
      trace: ({ parameters: { a, b } }) => ({ outputs: { a: a! }, gradients: { a: b!, b: a! } }),
    };
    const parameters = randomArrays({ a: [3], b: [3] });
    const session = await accelerator.open({ parameters, slots: {} });
    const outputs = await session.step(swap, { inputs: inputsOf(2) }, byGradient(1));
    const difference = (x: NamedArrays[string], y: NamedArrays[string]) => ({
      shape: [3],
      data: x.data.map((one, i) => one - y.data[i]!),
    });
    const { a, b } = parameters as { a: NamedArrays[string]; b: NamedArrays[string] };
    expectSameBits(outputs, { a });
    expectSameBits(session.read().parameters, { a: difference(a, b), b: difference(b, a) });
    session.close();
  });

  it('moves two parameters by one gradient, and leaves one without a gradient alone', async () => {
    const shared: TracedProgram<tf.Tensor> = {
      key: 'shared',
      trace({ inputs: { x } }) {
        const gradient = tf.sum(x!, 0);
        return { outputs: {}, gradients: { a: gradient, b: gradient } };
      },
    };
    const zeros = { shape: [3], data: new Float32Array(3) };
    const session = await accelerator.open({ parameters: { a: zeros, b: zeros, c: zeros }, slots: {} });
    await session.step(
      shared,
      { inputs: { x: { shape: [2, 3], data: new Float32Array(6).fill(1) } } },
      byGradient(1),
    );
    const moved = { shape: [3], data: Float32Array.of(-2, -2, -2) };
    expectSameBits(session.read().parameters, { a: moved, b: moved, c: zeros });
    session.close();
  });

  it.each([
    ['a gradient of another size', misshapen("'weight' is [3], but its gradient [2,3]"), { weight: 'x' }],
    ['the gradient of nothing', usage("no parameter 'wait'"), { wait: 'x' }],
    ['no gradients', usage('gives gradients or state'), undefined],
  ])('says that a program has %s', async (key, error, names) => {
    const session = await accelerator.open(state);
    const program: TracedProgram<tf.Tensor> = {
      key,
      trace: ({ inputs: { x } }) => ({
        outputs: {},
        ...(names && { gradients: Object.fromEntries(Object.keys(names).map((name) => [name, x!])) }),
      }),
    };
    await expect(session.step(program, { inputs: inputsOf(2) }, byGradient(1))).rejects.toThrow(error);
    await session.step(linear(), { inputs: inputsOf(2) }, byGradient(1)); // still whole
    session.close();
  });

  it('puts state in the place of parameters, next to gradients, from what they were before', async () => {
    const program: TracedProgram<tf.Tensor> = {
      key: 'state',
      trace: ({ parameters: { weight, counts, book }, inputs: { x } }) => ({
        outputs: { sum: tf.sum(x!) },
        gradients: { weight: book! },
        state: { book: weight!, counts: tf.add(counts!, tf.sum(x!, 0)) },
      }),
    };
    const parameters = randomArrays({ weight: [3], book: [3], counts: [3] });
    const session = await accelerator.open({ parameters, slots: {} });
    const inputs = { x: { shape: [2, 3], data: new Float32Array(6).fill(1) } };
    await session.step(program, { inputs }, byGradient(1));
    const { weight, book, counts } = parameters;
    expectSameBits(session.read().parameters, {
      weight: { shape: [3], data: weight!.data.map((w, i) => w - book!.data[i]!) },
      book: weight!,
      counts: { shape: [3], data: counts!.data.map((count) => count + 2) },
    });
    const before = session.read().parameters;
    const bad = { x: { shape: [2, 3], data: new Float32Array(6).fill(Number.NaN) } };
    await session.step(program, { inputs: bad }, byGradient(1));
    expectSameBits(session.read().parameters, before);
    session.close();
  });

  it('looks at the guards that a program names, and at no other output', async () => {
    const guarded = (guards: string[]): TracedProgram<tf.Tensor> => ({
      key: `guarded by ${guards}`,
      trace: ({ inputs: { x } }) => ({
        outputs: { bad: tf.sum(x!), good: tf.sum(tf.mul(x!, 0)), rows: x! },
        gradients: { weight: tf.fill([3], 1) },
        guards,
      }),
    });
    const inputs = { x: { shape: [2, 3], data: Float32Array.of(3e38, 3e38, 0, 0, 0, 0) } };
    const session = await accelerator.open(state);
    await session.step(guarded(['good', 'bad']), { inputs }, byGradient(1));
    expectSameBits(session.read().parameters, state.parameters);
    await session.step(guarded(['good']), { inputs }, byGradient(1));
    expect(session.read().parameters.weight!.data).toEqual(state.parameters.weight!.data.map((w) => w - 1));
    for (const name of ['rows', 'none']) {
      const step = session.step(guarded([name]), { inputs }, byGradient(1));
      await expect(step).rejects.toThrow(usage(`the guard '${name}' is no scalar output`));
    }
    session.close();
  });
});
