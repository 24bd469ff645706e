import { startWasmBackend } from '@latentkit/backend';
import { normalRows, Stream } from '@latentkit/core';
import { beforeAll, describe, expect, it } from 'vitest';
import { createModel } from '../create-model.ts';
import { fitGaussianMixture } from '../samplers/gaussian-mixture.ts';
import { mlp, specOf, tinySpec } from '../testing/model-specs.ts';
import { createTrainedModel } from './trained-model.ts';

beforeAll(() => startWasmBackend());

const PIXELS = 784;

describe('samples of a VAE', () => {
  const spec = tinySpec();
  const weights = createModel(spec).initialize(3);

  it('are the decoded standard normal rows of the seed', () => {
    const model = createTrainedModel(spec, weights);
    const latent = normalRows(6, 2, { seed: 11, stream: Stream.sample });
    expect(model.sample({ count: 6, seed: 11 })).toEqual(model.decode(latent));
    expect(model.sampleCodes({ count: 6, seed: 11 })).toEqual(latent);
  });

  it('are the same for the same seed, 0 by default, others for another, and do not depend on their number', () => {
    const model = createTrainedModel(spec, weights);
    const six = model.sample({ count: 6, seed: 1 });
    expect(model.sample({ count: 6, seed: 1 })).toEqual(six);
    expect(model.sample({ count: 2, seed: 1 })).toEqual(six.subarray(0, 2 * PIXELS));
    expect(model.sample({ count: 600, seed: 1 }).subarray(0, 6 * PIXELS)).toEqual(six);
    expect(model.sample({ count: 6 })).toEqual(model.sample({ count: 6, seed: 0 }));
    expect(model.sample({ count: 6 })).not.toEqual(six);
  });

  it('must be a whole number, one at least', () => {
    const model = createTrainedModel(spec, weights);
    for (const count of [0, -1, 1.5, Number.NaN]) {
      expect(() => model.sample({ count })).toThrow(
        `sample: count must be a whole number from 1, got ${count}`,
      );
    }
  });

  it('are refused, before memory is taken, where they would be more than 2^30 numbers', () => {
    const model = createTrainedModel(spec, weights);
    expect(() => model.sample({ count: 1e12 })).toThrow(
      expect.objectContaining({
        code: 'E_LIMIT',
        message:
          'sample: 1000000000000 images are 784000000000000 numbers, of at most 2^30 in a call. Ask for fewer at once',
      }),
    );
    model.dispose();
  });

  it('are not to be had from a plain autoencoder', () => {
    const plain = tinySpec({ kind: 'autoencoder' });
    const model = createTrainedModel(plain, createModel(plain).initialize(3));
    expect(() => model.sample({ count: 1 })).toThrow(expect.objectContaining({ code: 'E_USAGE' }));
    expect(() => model.sample({ count: 1 })).toThrow('a plain autoencoder has no prior to draw from');
  });
});

describe('samples from a sampler', () => {
  const plain = tinySpec({ kind: 'autoencoder' });
  const weights = createModel(plain).initialize(3);
  const codes = Float32Array.from({ length: 40 }, (_, i) => Math.sin(i));
  const from = fitGaussianMixture(codes, { latentDim: 2, components: 2 });

  it('are its codes, decoded, also of a plain autoencoder', () => {
    const model = createTrainedModel(plain, weights);
    expect(model.sampleCodes({ count: 5, seed: 2, from })).toEqual(from.sample(5, { seed: 2 }));
    expect(model.sample({ count: 5, seed: 2, from })).toEqual(model.decode(from.sample(5, { seed: 2 })));
    model.dispose();
  });

  it('are refused where it is of other codes, or no sampler', () => {
    const model = createTrainedModel(plain, weights);
    const other = fitGaussianMixture(codes, { latentDim: 4, components: 2 });
    expect(() => model.sample({ count: 1, from: other })).toThrow(
      'expected a sampler of codes of 2 numbers, got one of 4',
    );
    expect(() => model.sample({ count: 1, from: codes as never })).toThrow('sample: from must be a sampler');
    model.dispose();
  });
});

describe('a conditional VAE', () => {
  const spec = specOf([2, 2, 1], 2, mlp([3]), mlp([3]), { condition: { classes: 3 } });
  const trained = () => createTrainedModel(spec, createModel(spec).initialize(1));
  const images = Float32Array.from({ length: 8 }, (_, i) => i / 8);

  it('makes other images of other classes, and takes a class for all or one each', () => {
    const latent = Float32Array.of(0.5, -1, 0.5, -1);
    const model = trained();
    const [both, one] = [model.decode(latent, { label: [2, 0] }), model.decode(latent, { label: 2 })];
    expect(both.subarray(0, 4)).toEqual(one.subarray(0, 4));
    expect(one.subarray(4)).toEqual(one.subarray(0, 4));
    expect(both.subarray(4)).not.toEqual(both.subarray(0, 4));
    const { mean } = model.encode(images, { label: [1, 2] });
    expect(model.encode(images, { label: 1 }).mean.subarray(0, 2)).toEqual(mean.subarray(0, 2));
    expect(model.encode(images, { label: 1 }).mean.subarray(2)).not.toEqual(mean.subarray(2));
    const sample = model.sample({ count: 2, seed: 1, label: 1 });
    expect(sample).toEqual(model.decode(normalRows(2, 2, { seed: 1, stream: Stream.sample }), { label: 1 }));
    model.dispose();
  });

  it('asks for its labels, and a plain one refuses them', () => {
    const model = trained();
    expect(() => model.sample({ count: 1 })).toThrow('decode: expected { label }: a class from 0 to 2');
    expect(() => model.encode(images, { label: 3 })).toThrow('expected a class from 0 to 2, got 3');
    expect(() => model.encode(images, { label: [1] })).toThrow('expected 2 labels, got 1');
    expect(() => model.sample({ count: 1, label: null as never })).toThrow(
      'sample: label must be a class, or a list of one each, got null',
    );
    const plain = createTrainedModel(tinySpec(), createModel(tinySpec()).initialize(1));
    expect(() => plain.sample({ count: 1, label: 1 })).toThrow('the model has no condition');
    for (const one of [model, plain]) one.dispose();
  });
});
