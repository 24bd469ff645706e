import { readFileSync } from 'node:fs';
import { startWasmBackend } from '@latentkit/backend';
import { encodeZip, readZip } from '@latentkit/formats';
import { encodeHdf5 } from '@latentkit/formats/hdf5';
import type { ModelSpec } from '@latentkit/models';
import { beforeAll, describe, expect, it } from 'vitest';
import { expectSame } from '../testing/expect-near.ts';
import { caseOf, trainedCases } from '../testing/trained-cases.ts';
import { exportKeras } from './export-keras.ts';
import { importKeras } from './import-keras.ts';

// Keras 3.15 on JAX wrote them, and computed the numbers: fixtures/make-keras.py.
const folder = new URL('../../fixtures/keras/', import.meta.url);
const fixture = (name: string) => new Uint8Array(readFileSync(new URL(name, folder)));
const fixtures = (...names: string[]) => Object.fromEntries(names.map((name) => [name, fixture(name)]));
const expected = JSON.parse(readFileSync(new URL('expected.json', folder), 'utf8'));

beforeAll(() => startWasmBackend());

describe.each(trainedCases)('$name', (model) => {
  it('comes back with its weights, bit for bit', async () => {
    const files = exportKeras({ ...model, epoch: 12 });
    expect(await importKeras({ ...files })).toEqual({
      spec: model.spec,
      weights: model.weights,
      epoch: 12,
      notes: [],
    });
  });
});

const CONV: ModelSpec = {
  ...{ kind: 'vae', latentDim: 2, image: { height: 8, width: 8, channels: 1 } },
  encoder: { type: 'conv', filters: [3, 4], kernelSize: 3, stride: 2, hidden: [5], activation: 'relu' },
  decoder: { type: 'conv', filters: [4, 3], kernelSize: 3, stride: 2, activation: 'relu' },
  likelihood: { type: 'bernoulli', output: 'sigmoid' },
};
const HEADS = "the mean is 'z_mean', the log variance 'z_log_var'";
const CODES = expect.stringContaining('draws codes itself');
const MINIMISED = expect.stringContaining('taken for Bernoulli, as the output is sigmoid');

it.each([
  ['a subclass with what it is made of', ['vae.keras'], [CODES, MINIMISED, HEADS]],
  ['two files of older days', ['encoder.h5', 'decoder.h5'], [CODES, MINIMISED, HEADS]],
  ['models in a model', ['nested.keras'], [CODES, MINIMISED, HEADS]],
  ['models in a model of older days', ['nested.h5'], [CODES, MINIMISED, HEADS]],
  [
    'weights alone of a subclass',
    ['vae.weights.h5'],
    [
      'the file does not say its activations: taken for relu',
      'the file does not say the stride of its convolutions: taken for 2',
      'the file does not say its output: taken for a sigmoid, with a Bernoulli likelihood',
      "the file does not say the images' shape: taken for 8 x 8 x 1",
      HEADS,
    ],
  ],
  [
    'weights alone of a subclass, as Keras 2 kept them',
    ['vae-legacy.h5'],
    [
      'the file does not say its activations: taken for relu',
      'the file does not say the stride of its convolutions: taken for 2',
      'the file does not say its output: taken for a sigmoid, with a Bernoulli likelihood',
      "the file does not say the images' shape: taken for 8 x 8 x 1",
      HEADS,
    ],
  ],
] as const)('%s: a convolutional VAE with no option', async (_, names, notes) => {
  const model = await importKeras(fixtures(...names));
  expect(model.spec).toEqual(CONV);
  expect([...model.notes].sort()).toEqual(expect.arrayContaining([...notes]));
  expect(model.notes).toHaveLength(notes.length);
  expectSame(model, expected.conv);
});

it('a dense VAE with activations of their own, dropout, tanh and its heads in the other order', async () => {
  const model = await importKeras(fixtures('dense-encoder.keras', 'dense-decoder.keras'));
  expect(model.spec).toEqual({
    ...{ kind: 'vae', latentDim: 2, image: { height: 5, width: 4, channels: 3 } },
    encoder: { type: 'mlp', hidden: [6], activation: 'leakyRelu' },
    decoder: { type: 'mlp', hidden: [7], activation: 'tanh' },
    likelihood: { type: 'squaredError', output: 'tanh' },
  });
  expect(model.notes).toEqual([
    "'dropout', a Dropout, works in training alone and is left out",
    expect.stringContaining('taken for squared error, as the output is tanh'),
    HEADS,
  ]);
  expectSame(model, expected.dense);
});

it('weights of a model that is told are those, with no guess', async () => {
  const model = await importKeras(fixtures('vae.weights.h5'), { spec: CONV });
  expect(model).toMatchObject({ spec: CONV, notes: [HEADS] });
  expectSame(model, expected.conv);
});

/** A file with its config changed. */
async function changed(name: string, change: (config: string) => string) {
  const files = await Promise.all(
    readZip(fixture(name)).map(async (file) => ({ name: file.name, bytes: await file.read() })),
  );
  const text = new TextDecoder().decode(files.find((file) => file.name === 'config.json')!.bytes);
  const bytes = new TextEncoder().encode(change(text));
  expect(bytes).not.toEqual(new TextEncoder().encode(text));
  return encodeZip(files.map((file) => (file.name === 'config.json' ? { ...file, bytes } : file)));
}

describe('names what no model of Latentkit has', () => {
  it.each([
    [
      'a layer',
      (text: string) => text.replace('"class_name": "Flatten"', '"class_name": "MaxPooling2D"'),
      "'flatten' is a MaxPooling2D",
    ],
    [
      'an activation',
      (text: string) => text.replaceAll('"activation": "relu"', '"activation": "gelu"'),
      "'conv2d' has the activation gelu",
    ],
    [
      'a padding',
      (text: string) => text.replace('"padding": "same"', '"padding": "valid"'),
      "'conv2d' has padding valid",
    ],
    [
      'a stride for each axis',
      (text: string) => text.replace('"strides": [2, 2]', '"strides": [2, 1]'),
      'strides 2 and 1',
    ],
    [
      'a stride for each layer',
      (text: string) => text.replace('"strides": [2, 2]', '"strides": [1, 1]'),
      "'conv2d' has stride 1 and 'conv2d_1' 2",
    ],
    [
      'holes',
      (text: string) => text.replace('"dilation_rate": [1, 1]', '"dilation_rate": [2, 2]'),
      'dilation_rate 2,2',
    ],
    [
      'a branch',
      (text: string) =>
        text.replace('"keras_history": ["conv2d", 0, 0]', '"keras_history": ["input_layer", 0, 0]'),
      "'conv2d_1' takes the values of 'the input'",
    ],
  ])('%s', async (_, change, message) => {
    await expect(importKeras({ 'vae.keras': await changed('vae.keras', change) })).rejects.toMatchObject({
      code: 'E_FORMAT',
      message: expect.stringContaining(message),
    });
  });

  it('a slope', async () => {
    const bytes = await changed('dense-encoder.keras', (text) =>
      text.replace('"negative_slope": 0.2', '"negative_slope": 0.3'),
    );
    const files = { 'encoder.keras': bytes, 'decoder.keras': fixture('dense-decoder.keras') };
    await expect(importKeras(files)).rejects.toThrow("'leaky_re_lu' leaks 0.3 below zero");
  });

  it('a model that the options say is another', async () => {
    const other = { ...CONV, encoder: { ...CONV.encoder, activation: 'tanh' } } as ModelSpec;
    await expect(importKeras(fixtures('vae.keras'), { spec: other })).rejects.toThrow(
      "'conv2d' has the activation relu, the model tanh",
    );
    const larger = { ...CONV, latentDim: 3 };
    await expect(importKeras(fixtures('vae.weights.h5'), { spec: larger })).rejects.toThrow(
      "'z_mean' is dense [5, 2], expected one for encoder.mean, dense [5, 3]",
    );
  });
});

describe('refuses', () => {
  const { 'encoder.keras': encoder, 'decoder.keras': decoder } = exportKeras(caseOf('dense'));
  const other = exportKeras(caseOf('conv'))['decoder.keras'];
  const array = { shape: [2], data: Float32Array.of(1, 2) };

  it.each([
    ['an encoder alone', { 'encoder.keras': encoder }, 'E_FORMAT', 'found no two such parts'],
    [
      'files that do not say what they are',
      { a: encoder, b: decoder },
      'E_USAGE',
      'two of an encoder and a decoder',
    ],
    ['two models', { 'encoder.keras': encoder, 'decoder.keras': other }, 'E_FORMAT', 'are of two models'],
    [
      'another ZIP',
      { 'vae.keras': encodeZip([{ name: 'a', bytes: new Uint8Array(1) }]) },
      'E_FORMAT',
      'got another ZIP',
    ],
    ['another file', { 'vae.h5': new Uint8Array(9) }, 'E_FORMAT', 'vae.h5: parseHdf5: expected an HDF5 file'],
    [
      'a cut-off one',
      { 'vae.weights.h5': fixture('vae.weights.h5').subarray(0, 30_000) },
      'E_FORMAT',
      'is damaged',
    ],
    ['other arrays', { 'vae.weights.h5': encodeHdf5({ a: array }) }, 'E_FORMAT', 'found no two such parts'],
    ['no files', {}, 'E_USAGE', 'expected one file, or two'],
    ['nothing', undefined as never, 'E_USAGE', 'files'],
  ] as const)('%s', async (_, files, code, message) => {
    await expect(importKeras(files)).rejects.toMatchObject({
      code,
      message: expect.stringContaining(message),
    });
  });

  it('a number that is none', async () => {
    const files = fixtures('vae.weights.h5');
    const at = Buffer.from(files['vae.weights.h5']!).indexOf(Buffer.from(encodeWeights()));
    expect(at).toBeGreaterThan(0);
    files['vae.weights.h5']!.set([0, 0, 0xc0, 0x7f], at);
    await expect(importKeras(files)).rejects.toMatchObject({ code: 'E_NOT_FINITE' });
  });

  /** The first numbers of a bias. */
  function encodeWeights() {
    return new Uint8Array(firstBias.slice(0, 2).buffer);
  }
});

let firstBias: Float32Array;
beforeAll(async () => {
  firstBias = (await importKeras(fixtures('vae.weights.h5'))).weights['encoder.hidden1.bias']!.data.slice();
});
