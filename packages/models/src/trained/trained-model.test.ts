import { startWasmBackend } from '@latentkit/backend';
import { batches, digitsDataset } from '@latentkit/datasets';
import { createLikelihood } from '@latentkit/losses';
import { expectClose } from '@latentkit/testing';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { createModel } from '../create-model.ts';
import type { ModelSpec } from '../model-spec.ts';
import { parametersToTensors } from '../parameters.ts';
import { tinySpec } from '../testing/model-specs.ts';
import { createTrainedModel } from './trained-model.ts';

beforeAll(() => startWasmBackend());

const PIXELS = 784;
const COUNT = 1003; // two whole chunks and three images

const VARIANTS: Record<string, ModelSpec> = {
  'a dense VAE': tinySpec(),
  'a dense VAE of tanh': tinySpec({
    latentDim: 5,
    likelihood: { type: 'gaussian', output: 'tanh', sigma: 'learned' },
  }),
  'a linear dense VAE of one latent dimension': tinySpec({
    latentDim: 1,
    likelihood: { type: 'absoluteError', output: 'linear' },
  }),
  'a convolutional VAE': tinySpec({
    encoder: { type: 'conv', filters: [3, 4], hidden: [5], activation: 'relu' },
    decoder: { type: 'conv', filters: [4, 3], activation: 'leakyRelu' },
  }),
  'a plain autoencoder': tinySpec({ kind: 'autoencoder', latentDim: 3, latentActivation: 'relu' }),
};

/** 1003 images of bytes, no two alike. */
function manyImages(): Uint8Array {
  const { images } = digitsDataset({ train: 200, validation: 1 }).train;
  return Uint8Array.from(
    { length: COUNT * PIXELS },
    (_, i) => (images[i % images.length]! + (i / images.length) * 9) & 255,
  );
}

const bytes = manyImages();
const floats = Float32Array.from(bytes, (byte) => byte / 255);

describe.each(Object.entries(VARIANTS))('%s', (_, spec) => {
  const build = () => createTrainedModel(spec, createModel(spec).initialize(3));
  const row = (array: Float32Array, size: number, i: number) => [...array.subarray(i * size, (i + 1) * size)];

  it('gives arrays of one row an image', () => {
    const model = build();
    const { mean, logVar } = model.encode(bytes);
    expect(mean.length).toBe(COUNT * spec.latentDim);
    expect(logVar?.length).toBe(spec.kind === 'vae' ? mean.length : undefined);
    expect(model.decode(mean).length).toBe(COUNT * PIXELS);
    model.dispose();
  });

  it('makes images in the range of the data, whatever the codes', () => {
    const model = build();
    const far = Float32Array.from({ length: 40 * spec.latentDim }, (_, i) => (i % 2 ? 50 : -50) * (i + 1));
    const inUnit = model.decode(far).every((value) => value >= 0 && value <= 1);
    expect(inUnit).toBe(spec.likelihood.output !== 'linear');
    model.dispose();
  });

  it('encodes bytes, their floats, and the batches of training to the same bits', () => {
    const model = build();
    const codes = model.encode(bytes);
    expect(model.encode(floats)).toEqual(codes);
    const { dataRange: range } = createLikelihood(spec.likelihood);
    const set = { shape: spec.image, count: COUNT, images: bytes };
    const [batch] = batches(set, { batchSize: 100, shuffle: false, range });
    const direct = createModel(spec);
    const parameters = parametersToTensors(direct.initialize(3));
    const images = tf.tensor4d(batch!.x.data, [100, 28, 28, 1]);
    const code = direct.encode(parameters, images);
    expect(code.mean.dataSync()).toEqual(codes.mean.subarray(0, 100 * spec.latentDim));
    tf.dispose([...Object.values(parameters), images, code.mean]);
    if (code.logVar) code.logVar.dispose();
    model.dispose();
  });

  it('gives the same bits for 1003 images at once and one by one', () => {
    const model = build();
    const { mean, logVar } = model.encode(bytes);
    const images = model.decode(mean);
    for (const i of [0, 1, 499, 500, 501, 999, 1000, 1002]) {
      const one = model.encode(bytes.subarray(i * PIXELS, (i + 1) * PIXELS));
      expect([...one.mean]).toEqual(row(mean, spec.latentDim, i));
      if (logVar) expect([...one.logVar!]).toEqual(row(logVar, spec.latentDim, i));
      expect([...model.decode(one.mean)]).toEqual(row(images, PIXELS, i));
    }
    model.dispose();
  });

  it('reconstructs to what the mean codes decode to', () => {
    const model = build();
    const some = bytes.subarray(0, 7 * PIXELS);
    expect(model.reconstruct(some)).toEqual(model.decode(model.encode(some).mean));
    model.dispose();
  });

  it('refuses arrays of no whole rows', () => {
    const model = build();
    const shape = expect.objectContaining({ code: 'E_SHAPE' });
    expect(() => model.encode(new Uint8Array(PIXELS + 1))).toThrow(shape);
    expect(() => model.encode(new Uint8Array(PIXELS + 1))).toThrow(
      'encode: expected whole images of 784 numbers each, one at least, got 785 numbers',
    );
    expect(() => model.reconstruct(new Float32Array(0))).toThrow(shape);
    expect(() => model.decode(new Float32Array(0))).toThrow('decode: expected whole codes of');
    if (spec.latentDim > 1) expect(() => model.decode(new Float32Array(spec.latentDim + 1))).toThrow(shape);
    model.dispose();
  });

  it('refuses codes that are no finite numbers', () => {
    const model = build();
    const codes = new Float32Array(2 * spec.latentDim);
    codes[1] = Number.NaN;
    expect(() => model.decode(codes)).toThrow(expect.objectContaining({ code: 'E_NOT_FINITE' }));
    expect(() => model.decode(codes)).toThrow('decode: the codes hold NaN at index 1');
    const plain = [...codes.fill(0)] as unknown as Float32Array;
    expect(() => model.decode(plain)).toThrow('expected codes as a Float32Array, got Array');
    model.dispose();
  });

  it('leaves no tensors behind, and none at all once disposed of', () => {
    const start = tf.memory().numTensors;
    const model = build();
    const built = tf.memory().numTensors;
    expect(built - start).toBe(Object.keys(createModel(spec).parameterShapes).length);
    model.reconstruct(bytes.subarray(0, 3 * PIXELS));
    if (spec.kind === 'vae') model.sample({ count: 3 });
    expect(() => model.decode(new Float32Array(0))).toThrow();
    expect(tf.memory().numTensors).toBe(built);
    model.dispose();
    expect(tf.memory().numTensors).toBe(start);
  });

  it('keeps its weights when the arrays they came from change', () => {
    const weights = createModel(spec).initialize(3);
    const model = createTrainedModel(spec, weights);
    for (const { data } of Object.values(weights)) data.fill(0);
    const [changed, fresh] = [model, build()].map((one) => one.reconstruct(bytes.subarray(0, PIXELS)));
    expect(changed).toEqual(fresh);
  });
});

describe('output functions', () => {
  it.each([
    ['sigmoid', (x: number) => 1 / (1 + Math.exp(-x))],
    ['tanh', (x: number) => (Math.tanh(x) + 1) / 2],
    ['linear', (x: number) => x], // data may be any numbers: nothing is cut off
  ] as const)('%s ends in the numbers that data came in', (output, expected) => {
    // A decoder of one weight for each of two pixels: pre-activations are z and -2 z + 0.5.
    const spec: ModelSpec = {
      kind: 'autoencoder',
      image: { height: 1, width: 2, channels: 1 },
      latentDim: 1,
      encoder: { type: 'mlp', hidden: [], activation: 'linear' },
      decoder: { type: 'mlp', hidden: [], activation: 'linear' },
      likelihood: { type: 'squaredError', output },
    };
    const weights = { ...createModel(spec).initialize(0) };
    weights['decoder.output.kernel'] = { shape: [1, 2], data: Float32Array.of(1, -2) };
    weights['decoder.output.bias'] = { shape: [2], data: Float32Array.of(0, 0.5) };
    const latent = Float32Array.of(-3, 0, 0.4, 2);
    const images = createTrainedModel(spec, weights).decode(latent);
    expectClose(
      images,
      [...latent].flatMap((z) => [expected(z), expected(-2 * z + 0.5)]),
    );
  });
});

describe('a linear model of Gaussian data, standardised columns', () => {
  const spec: ModelSpec = {
    kind: 'vae',
    image: { height: 1, width: 2, channels: 1 }, // a row of a table
    latentDim: 2,
    encoder: { type: 'mlp', hidden: [], activation: 'linear' },
    decoder: { type: 'mlp', hidden: [], activation: 'linear' },
    likelihood: { type: 'gaussian', output: 'linear', sigma: 1 },
  };
  /** The mean code of x is x, and its decoded mean is x again. */
  const identity = (): ReturnType<typeof createTrainedModel> => {
    const shapes = createModel(spec).parameterShapes;
    const kernel = { shape: [2, 2], data: Float32Array.of(1, 0, 0, 1) };
    const weights = Object.fromEntries(
      Object.entries(shapes).map(([name, shape]) => {
        const isIdentity = name === 'encoder.mean.kernel' || name === 'decoder.output.kernel';
        return [
          name,
          isIdentity ? kernel : { shape, data: new Float32Array(shape.reduce((a, b) => a * b, 1)) },
        ];
      }),
    );
    return createTrainedModel(spec, weights);
  };

  it('comes back as it is: -0.47 as -0.47, not 0', () => {
    const columns = Float32Array.of(-0.47, 2.5, 0.3, -3);
    const model = identity();
    expect(model.reconstruct(columns)).toEqual(columns);
    model.dispose();
  });

  it('must be finite', () => {
    const model = identity();
    expect(() => model.encode(Float32Array.of(0, Number.NaN))).toThrow(
      'got NaN at index 1 (image 0, row 0, column 1)',
    );
    model.dispose();
  });
});
