import { createAccelerator, startWasmBackend } from '@latentkit/backend';
import { normalRows, Stream } from '@latentkit/core';
import { digitsDataset, labelSome } from '@latentkit/datasets';
import { expectClose } from '@latentkit/testing';
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, describe, expect, it } from 'vitest';
import { createModel } from './create-model.ts';
import { parametersToTensors } from './parameters.ts';
import { conv, mlp, residual, specOf, tinySpec } from './testing/model-specs.ts';
import { openTrainedModel } from './trained/accelerated-model.ts';
import { encodeDataset } from './trained/encode-dataset.ts';
import { createTrainedModel } from './trained/trained-model.ts';

await startWasmBackend();
const accelerator = await createAccelerator({ workers: 2 });
afterAll(() => accelerator.close());

const classifying = { kind: 'semiSupervised', condition: { classes: 3 } } as const;
const SPECS = {
  'hidden layers': specOf([4, 3, 1], 2, mlp([5], 'tanh'), mlp([4], 'leakyRelu'), classifying),
  'no hidden layers': specOf([4, 3, 1], 2, mlp([]), mlp([]), classifying),
  convolutions: specOf([4, 3, 1], 2, conv([2, 3]), conv([3, 2], { hidden: [5] }), classifying),
  'residual blocks': specOf([4, 3, 1], 2, residual([2]), residual([2], { norm: 'batch' }), classifying),
};

describe.each(Object.entries(SPECS))('every class at once, %s', (_, spec) => {
  const model = createModel(spec);
  const parameters = parametersToTensors(model.initialize(5));
  const x = tf.tensor4d(normalRows(2, 12, { seed: 1, stream: Stream.sample }), [2, 4, 3, 1]);
  const ofClass = (label: number) =>
    tf.tensor2d(Array.from({ length: 2 }, () => [0, 1, 2].map((c) => +(c === label))));

  it('is what each class alone gives, one after the other', () => {
    const every = model.encode(parameters, x, { labels: 'every' });
    expect(every.mean.shape).toEqual([6, 2]);
    const images = model.decode(parameters, every.mean, { labels: 'every' }).output;
    for (const label of [0, 1, 2]) {
      const { mean, logVar } = model.encode(parameters, x, { labels: ofClass(label) });
      const rows = tf.tensor1d([label, 3 + label], 'int32');
      const own = (all: tf.Tensor) => tf.gather(all, rows).dataSync();
      expectClose(own(every.mean), mean.dataSync(), { absolute: 1e-6 });
      expectClose(own(every.logVar!), logVar!.dataSync(), { absolute: 1e-6 });
      const alone = model.decode(parameters, tf.gather(every.mean, rows), { labels: ofClass(label) });
      expectClose(own(images), alone.output.dataSync(), { absolute: 1e-6 });
    }
  });
});

describe('a trained model that tells classes', () => {
  const spec = tinySpec(classifying);
  const weights = createModel(spec).initialize(3);
  const { train, validation } = digitsDataset({ train: 30, validation: 7 });
  const trained = createTrainedModel(spec, weights);

  it('gives probabilities, the same on tfjs and on threads', async () => {
    const probabilities = trained.classify(validation.images);
    expect(probabilities).toHaveLength(21);
    for (let row = 0; row < 7; row++) {
      const sum = probabilities.subarray(3 * row, 3 * row + 3).reduce((total, one) => total + one, 0);
      expect(sum).toBeCloseTo(1, 6);
    }
    const open = await openTrainedModel(spec, weights, { accelerator });
    expect(await open.classify(validation.images)).toEqual(probabilities);
    await open.dispose();
  });

  it('encodes by the likeliest class where it is told none', () => {
    const probabilities = trained.classify(train.images);
    const label = Uint8Array.from({ length: 30 }, (_, row) => {
      const own = [...probabilities.subarray(3 * row, 3 * row + 3)];
      return own.indexOf(Math.max(...own));
    });
    expect(trained.encode(train.images)).toEqual(trained.encode(train.images, { label }));
    expect(trained.reconstruct(train.images)).toEqual(trained.reconstruct(train.images, { label }));
  });

  it('is asked of no other kind', () => {
    const plain = createTrainedModel(tinySpec(), createModel(tinySpec()).initialize(1));
    expect(() => plain.classify(train.images)).toThrow("a model of kind 'vae' tells no classes");
    expect(() => trained.classify(train.images.subarray(1))).toThrow('whole images');
  });
});

describe('encodeDataset', () => {
  const spec = tinySpec();
  const weights = createModel(spec).initialize(3);
  const dataset = digitsDataset({ train: 30, validation: 7 });
  const trained = createTrainedModel(spec, weights);

  it('makes rows of mean codes, and keeps labels and one judging set one', async () => {
    const some = { ...dataset, train: labelSome(dataset.train, { labels: 10 }), test: dataset.validation };
    const codes = await encodeDataset(trained, some);
    expect(codes.train.shape).toEqual({ height: 1, width: 2, channels: 1 });
    expect(codes.train.images).toEqual(trained.encode(dataset.train.images).mean);
    expect(codes.train.labelled).toEqual(some.train.labelled);
    expect(codes.validation.labels).toEqual(dataset.validation.labels);
    expect(codes.test).toBe(codes.validation);
    const open = await openTrainedModel(spec, weights, { accelerator });
    expect(await encodeDataset(open, some)).toEqual(codes);
    await open.dispose();
  });

  it('draws several codes an image to learn from, with its label, and judges by means', async () => {
    const some = { ...dataset, train: labelSome(dataset.train, { labels: 10, share: 0.5 }) };
    const codes = await encodeDataset(trained, some, { samples: 400, seed: 2 });
    expect(codes.train.count).toBe(30 * 400);
    expect([...codes.train.labels!.subarray(30, 60)]).toEqual([...dataset.train.labels!]);
    expect(codes.train.labelled!.share).toBe(0.5);
    const { indices } = some.train.labelled;
    expect([...codes.train.labelled!.indices.subarray(10, 20)]).toEqual(Array.from(indices, (i) => i + 30));
    expect(codes.validation.images).toEqual(trained.encode(dataset.validation.images).mean);
    const { mean, logVar } = trained.encode(dataset.train.images);
    const drawn = Array.from({ length: 400 }, (_, sample) => codes.train.images[sample * 60 + 7]!);
    const average = drawn.reduce((sum, value) => sum + value, 0) / 400;
    const variance = drawn.reduce((sum, value) => sum + (value - average) ** 2, 0) / 400;
    expect(Math.abs(average - mean[7]!)).toBeLessThan(4 * Math.sqrt(Math.exp(logVar![7]!) / 400));
    expect(variance / Math.exp(logVar![7]!)).toBeCloseTo(1, 0);
    const again = await encodeDataset(trained, some, { samples: 2, seed: 2 });
    expect(again.train.images).toEqual(codes.train.images.slice(0, 120));
  });

  it('refuses a source', async () => {
    const source = { shape: dataset.train.shape, count: 3, read: () => {} } as never;
    await expect(encodeDataset(trained, { ...dataset, train: source })).rejects.toThrow('not in memory');
  });
});
