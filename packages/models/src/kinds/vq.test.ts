import { createAccelerator, startWasmBackend } from '@latentkit/backend';
import { createRandom, Stream } from '@latentkit/core';
import { expectClose } from '@latentkit/testing';
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createModel } from '../create-model.ts';
import { formatSummary } from '../format-summary.ts';
import type { ModelSpec } from '../model-spec.ts';
import { parametersToTensors } from '../parameters.ts';
import { codeSizeOf } from '../plan-model.ts';
import { summarizeModel } from '../summarize-model.ts';
import { conv, mlp, specOf } from '../testing/model-specs.ts';
import { openTrainedModel } from '../trained/accelerated-model.ts';
import { createTrainedModel } from '../trained/trained-model.ts';

beforeAll(() => startWasmBackend());
const accelerator = await createAccelerator({ workers: 2 });
afterAll(() => accelerator.close());

const SIZE = 5;
const vq = (change: Partial<ModelSpec> = {}) =>
  specOf([8, 6, 1], 3, conv([2, 4]), conv([4, 2]), { kind: 'vq', codebook: { size: SIZE }, ...change });
const DENSE = { encoder: mlp([6]), decoder: mlp([6]) };
const SPECS: [string, ModelSpec, number][] = [
  ['on a grid', vq(), 4],
  ['one an image', vq(DENSE), 1],
  ['several of a dense layer', vq({ ...DENSE, codebook: { size: SIZE, vectors: 3 } }), 3],
  ['on a grid, with a dense decoder', vq({ decoder: mlp([6]) }), 4],
  ['of convolutions that end in a dense layer', vq({ encoder: conv([2], { hidden: [5] }) }), 1],
];

const random = createRandom({ seed: 3, stream: Stream.sample });
const images = (count: number) => Float32Array.from({ length: count * 48 }, () => random.uniform());

const numbersOf = (tensor: tf.Tensor) => tensor.dataSync() as Float32Array;

describe.each(SPECS)('codes of a codebook, %s', (_, spec, vectors) => {
  const model = createModel(spec);
  const weights = model.initialize(2);
  const book = weights['codebook.vectors']!.data;
  const vectorOf = (code: number) => book.subarray(3 * code, 3 * code + 3);

  it('are the nearest of its vectors, by float64', () => {
    const x = tf.tensor4d(images(7), [7, 8, 6, 1]);
    const { mean, encoded, chosen } = model.encode(parametersToTensors(weights), x);
    expect([model.latentDim, codeSizeOf(spec)]).toEqual([3 * vectors, 3 * vectors]);
    expect(chosen!.shape).toEqual([7 * vectors, SIZE]);
    const [z, quantised, rows] = [encoded!, mean, chosen!].map(numbersOf);
    for (let row = 0; row < 7 * vectors; row++) {
      const own = z!.subarray(3 * row, 3 * row + 3);
      const distances = Array.from({ length: SIZE }, (_, code) =>
        own.reduce((sum, value, d) => sum + (value - vectorOf(code)[d]!) ** 2, 0),
      );
      const nearest = distances.indexOf(Math.min(...distances));
      expect([...rows!.subarray(SIZE * row, SIZE * (row + 1))].indexOf(1)).toBe(nearest);
      expect(quantised!.subarray(3 * row, 3 * row + 3)).toEqual(vectorOf(nearest));
    }
  });

  it('come as numbers and as vectors, the same on an accelerator, and images are decoded from either', async () => {
    const trained = createTrainedModel(spec, weights);
    const fast = await openTrainedModel(spec, weights, { accelerator });
    const x = images(70);
    const { mean, codes } = trained.encode(x);
    expect(codes).toHaveLength(70 * vectors);
    expect(mean).toEqual(Float32Array.from([...codes!].flatMap((code) => [...vectorOf(code)])));
    expect(await fast.encode(x)).toEqual({ mean, codes });
    expect(trained.reconstruct(x)).toEqual(trained.decode(mean));
    expect(await fast.reconstruct(x)).toEqual(trained.reconstruct(x));
    const refused = expect.objectContaining({
      code: 'E_USAGE',
      message: expect.stringContaining('Fit a sampler'),
    });
    expect(() => trained.sample({ count: 1 })).toThrow(refused);
    await expect(fast.sample({ count: 1 })).rejects.toThrow(refused);
    trained.dispose();
    await fast.dispose();
  });

  it('let the gradient of what is decoded through to the encoder as it is, and none to the codebook', () => {
    const parameters = parametersToTensors(weights);
    const x = tf.tensor4d(images(2), [2, 8, 6, 1]);
    const names = ['encoder.code.bias', 'codebook.vectors'];
    const upstream = tf.tensor2d(images(2).slice(0, 6 * vectors), [2, 3 * vectors]);
    const { grads } = tf.engine().gradients(
      () => model.encode(parameters, x).mean,
      names.map((name) => parameters[name]!),
      upstream,
      true,
    );
    // A bias counts for each vector that it is part of.
    const bias = parameters['encoder.code.bias']!;
    const own = numbersOf(upstream);
    const expected = Array.from(bias.dataSync(), (_, unit) =>
      own.reduce((sum, value, i) => (i % bias.size === unit ? sum + value : sum), 0),
    );
    expectClose(grads[0]!.dataSync(), expected);
    expect(grads[1] ?? 0).toBe(0);
  });
});

describe('a codebook in training', () => {
  it('moves to the moving mean of what chose each code, and leaves alone what nothing chose', () => {
    const model = createModel(vq({ codebook: { size: SIZE, decay: 0.75 } }));
    const weights = model.initialize(2);
    const counts = Float32Array.of(3, 0, 1, 2, 0.5);
    const sums = weights['codebook.vectors']!.data.map((value, i) => value * counts[Math.floor(i / 3)]!);
    const parameters = {
      ...parametersToTensors(weights),
      'codebook.counts': tf.tensor1d(counts),
      'codebook.sums': tf.tensor2d(sums, [SIZE, 3]),
    };
    const emitted: Record<string, tf.Tensor> = {};
    const emit = (name: string, next: tf.Tensor) => {
      emitted[name] = next;
    };
    const x = tf.tensor4d(images(6), [6, 8, 6, 1]);
    const context = { parameters, inputs: { x }, scalars: {}, emit };
    const { code } = model.pass({ ...context, training: false });
    expect([code.shape, emitted]).toEqual([[6, 12], {}]);
    const { encoded, chosen } = model.pass({ ...context, training: true }).quantised!;
    const [z, rows] = [encoded.dataSync(), chosen.dataSync()];
    const [moved, n, m] = ['vectors', 'counts', 'sums'].map((name) =>
      emitted[`codebook.${name}`]!.dataSync(),
    );
    for (let one = 0; one < SIZE; one++) {
      const own = Array.from({ length: 24 }, (_, row) => row).filter((row) => rows[SIZE * row + one] === 1);
      const count = 0.75 * counts[one]! + 0.25 * own.length;
      expectClose([n![one]!], [count]);
      for (let d = 0; d < 3; d++) {
        const sum = 0.75 * sums[3 * one + d]! + 0.25 * own.reduce((total, row) => total + z[3 * row + d]!, 0);
        expectClose([m![3 * one + d]!], [sum], { absolute: 1e-6 });
        const expected = count > 0 ? sum / count : weights['codebook.vectors']!.data[3 * one + d]!;
        expectClose([moved![3 * one + d]!], [expected], { absolute: 1e-5 });
      }
    }
  });

  it('is no part of what gradients move, and has a line of its own in the summary', () => {
    const model = createModel(vq());
    expect(model.stateShapes).toEqual({
      'codebook.vectors': [SIZE, 3],
      'codebook.counts': [SIZE],
      'codebook.sums': [SIZE, 3],
    });
    expect(Object.keys(model.parameterShapes).slice(-3)).toEqual(Object.keys(model.stateShapes));
    expect(formatSummary(summarizeModel(model))).toMatch(
      /code +convolution 1 x 1 +2x2x3[\s\S]*\nmoved by no gradient +35\n/,
    );
  });

  it('wants a decoder that begins where the encoder ends', () => {
    const spec = vq({ decoder: conv([4]) });
    expect(() => createModel(spec)).toThrow(
      'the decoder begins at 4 x 3, and the encoder gives a grid of 2 x 2 codes',
    );
  });
});
