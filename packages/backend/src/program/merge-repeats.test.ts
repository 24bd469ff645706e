import type { NdArray, TracedProgram } from '@latentkit/core';
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, expect, it } from 'vitest';
import { createAccelerator } from '../create-accelerator.ts';
import { startWasmBackend } from '../start-wasm-backend.ts';
import { expectSameBits } from '../testing/expect-same-bits.ts';
import { randomArrays } from '../testing/random-arrays.ts';
import { runEagerly } from '../testing/run-eagerly.ts';
import { lineOfOperation } from './graph.ts';
import { mergeRepeats } from './merge-repeats.ts';
import { record } from './record.ts';

await startWasmBackend();
const accelerator = await createAccelerator({ workers: 2 });
afterAll(() => accelerator.close());

const SHAPES = { parameters: { w: [6, 5], v: [5, 4] }, inputs: { x: [7, 6] }, scalars: [] };

const programOf = (key: string, trace: TracedProgram<tf.Tensor>['trace']): TracedProgram<tf.Tensor> => ({
  key,
  trace,
});

/** A network that is gone through four times, by those who do not know of each other. */
const repeated = programOf('repeated', ({ parameters: { w, v }, inputs: { x } }) => {
  const product = (a: tf.Tensor, b: tf.Tensor) => tf.matMul(a as tf.Tensor2D, b as tf.Tensor2D);
  const network = () => tf.tanh(product(tf.sigmoid(product(x!, w!)), v!));
  return {
    outputs: {
      first: network(),
      second: network(),
      half: tf.mul(network(), 0.5),
      halfAgain: tf.mul(network(), tf.scalar(0.5)),
    },
  };
});

it('goes through a network once that is gone through four times', () => {
  const graph = record(repeated, SHAPES);
  const products = (nodes: typeof graph.nodes) =>
    nodes.filter(({ operation }) => operation.kind === 'gemm').length;
  expect(products(graph.nodes)).toBe(8);
  const merged = mergeRepeats(graph);
  expect(products(merged.nodes)).toBe(2);
  expect(merged.nodes.length).toBe(5);
  expect(merged.outputs.first!.value).toBe(merged.outputs.second!.value);
  expect(merged.outputs.half!.value).toBe(merged.outputs.halfAgain!.value);
  expect(mergeRepeats(merged)).toEqual(merged);
});

it.each([1, 7, 32])("gives tfjs's bits where results are one value, for a batch of %d", async (batch) => {
  const parameters = randomArrays(SHAPES.parameters, 1);
  const inputs = randomArrays({ x: [batch, 6] }, 2);
  const session = await accelerator.open({ parameters, slots: {} });
  expectSameBits(await session.run(repeated, { inputs }), runEagerly(repeated, parameters, inputs).outputs);
  session.close();
});

it('moves parameters by gradients that are one value, and puts one in the place of two', async () => {
  const start: NdArray = { shape: [3], data: Float32Array.of(1, 2, 3) };
  const slots = {};
  const session = await accelerator.open({ parameters: { a: start, b: start, c: start, d: start }, slots });
  const program = programOf('one gradient for two', ({ inputs: { x } }) => {
    const column = () => tf.sum(x!, 0);
    const [a, b] = [column(), column()];
    return {
      outputs: { sum: tf.sum(column()) },
      gradients: { a, b },
      state: { c: tf.neg(column()), d: tf.neg(column()) },
    };
  });
  const x: NdArray = { shape: [2, 3], data: Float32Array.of(1, 2, 3, 10, 20, 30) };
  const update = { rule: { name: 'sgd', slots: [] } as const, coefficients: [1] };
  expect((await session.step(program, { inputs: { x } }, update)).sum!.data).toEqual(Float32Array.of(66));
  const { parameters } = session.read();
  expect(Object.fromEntries(Object.entries(parameters).map(([name, { data }]) => [name, [...data]]))).toEqual(
    {
      ...{ a: [-10, -20, -30], b: [-10, -20, -30] },
      ...{ c: [-11, -22, -33], d: [-11, -22, -33] },
    },
  );
  session.close();
});

it('keeps apart what differs by a number that JSON does not know, and constants by their bits', async () => {
  const kinds = [0, -0, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY].map((alpha) =>
    lineOfOperation({ kind: 'unary', operator: 'relu', count: 3, alpha }),
  );
  expect(new Set(kinds).size).toBe(kinds.length);

  const zeros = programOf('zeros', ({ inputs: { x } }) => ({
    outputs: {
      plus: tf.div(x!, tf.scalar(0)),
      minus: tf.div(x!, tf.scalar(-0)),
      again: tf.div(x!, tf.scalar(0)),
    },
  }));
  const graph = record(zeros, { parameters: {}, inputs: { x: [2, 3] }, scalars: [] });
  const { plus, minus, again } = mergeRepeats(graph).outputs;
  expect(again!.value).toBe(plus!.value);
  expect(minus!.value).not.toBe(plus!.value);
});
