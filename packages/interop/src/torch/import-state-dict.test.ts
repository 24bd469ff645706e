import { readFileSync } from 'node:fs';
import { startWasmBackend } from '@latentkit/backend';
import type { NdArray } from '@latentkit/core';
import { encodeSafetensors } from '@latentkit/formats';
import type { ModelSpec } from '@latentkit/models';
import { beforeAll, describe, expect, it } from 'vitest';
import { expectSame } from '../testing/expect-near.ts';
import { importStateDict } from './import-state-dict.ts';
import { readStateDict } from './state-dict.ts';

// torch 1.13 wrote them, and computed the numbers: fixtures/make-torch.py.
const folder = new URL('../../fixtures/torch/', import.meta.url);
const fixture = (name: string) => new Uint8Array(readFileSync(new URL(name, folder)));
const expected = JSON.parse(readFileSync(new URL('expected.json', folder), 'utf8'));

beforeAll(() => startWasmBackend());

const mlp = (...hidden: number[]) => ({ type: 'mlp', hidden, activation: 'relu' }) as const;
const DENSE: ModelSpec = {
  ...{ kind: 'vae', latentDim: 2, image: { height: 4, width: 4, channels: 1 } },
  ...{ encoder: mlp(6), decoder: mlp(6), likelihood: { type: 'bernoulli', output: 'sigmoid' } },
};

describe("the VAE of PyTorch's examples", () => {
  it('comes with no option', async () => {
    const model = await importStateDict(fixture('vae.pt'));
    expect(model).toMatchObject({ spec: DENSE, epoch: 0 });
    expect(model.notes).toEqual([
      'the file does not say its output: taken for a sigmoid, with a Bernoulli likelihood',
      'the file does not say its activations: taken for relu',
      "the file does not say the images' shape: taken for 4 x 4 x 1",
      "the mean is 'fc21', the log variance 'fc22'",
    ]);
    expectSame(model, expected.dense);
  });

  it('comes out of a checkpoint with its epoch, and of a model on several cards', async () => {
    const model = await importStateDict(fixture('checkpoint.pt'));
    expect(model).toMatchObject({ spec: DENSE, epoch: 7 });
    expectSame(model, expected.dense);
  });

  it('is as its user says', async () => {
    const spec: ModelSpec = { ...DENSE, likelihood: { type: 'squaredError', output: 'sigmoid' } };
    expect(await importStateDict(fixture('vae.pt'), { spec })).toMatchObject({
      spec,
      notes: [expect.stringMatching(/fc21/)],
    });
  });
});

it('of whole numbers says so: they may be those of weights that were quantised', async () => {
  const { tensors } = await readStateDict(fixture('vae.pt'), 'vae.pt');
  const whole = [...tensors].map(
    ([name, { shape, data }]) =>
      [name, { shape, data: Int32Array.from(data, (value) => 100 * value) }] as const,
  );
  const { notes } = await importStateDict(encodeSafetensors(Object.fromEntries(whole)));
  expect(notes[0]).toMatch(/^10 of its 10 tensors hold whole numbers \('fc1\.bias' is the first\)/);
});

/** The same tensors as safetensors, in another order. */
async function asSafetensors(name: string) {
  const { tensors } = await readStateDict(fixture(name), name);
  return encodeSafetensors(Object.fromEntries([...tensors].sort(([a], [b]) => (a < b ? -1 : 1))));
}

it.each(['dense', 'told', 'conv'])(
  '%s: safetensors, whose order says nothing, are the same model',
  async (name) => {
    const file = name === 'dense' ? 'vae.pt' : `${name}.pt`;
    const [one, other] = [
      await importStateDict(fixture(file)),
      await importStateDict(await asSafetensors(file)),
    ];
    expect(other).toEqual(one);
    expectSame(other, expected[name]);
  },
);

it('a colour model whose parts are called by what they are', async () => {
  const { spec, notes } = await importStateDict(fixture('told.pt'));
  expect(spec).toMatchObject({
    latentDim: 3,
    encoder: mlp(6, 5),
    decoder: mlp(7),
    image: { height: 4, width: 4, channels: 3 },
  });
  expect(notes).toContain("the mean is 'fc_mu', the log variance 'fc_logvar'");
});

it('convolutions that pad both sides alike', async () => {
  const { spec } = await importStateDict(fixture('conv.pt'));
  expect(spec.encoder).toEqual({
    type: 'conv',
    filters: [4, 5],
    kernelSize: 4,
    stride: 2,
    hidden: [6],
    activation: 'relu',
  });
});

it('convolutions that would lie a pixel beside, as larger ones with zeros; but not where a spec says how large they are', async () => {
  const { spec, weights, notes } = await importStateDict(fixture('uneven.pt'));
  expect(spec.encoder).toMatchObject({ kernelSize: 4, stride: 2 });
  expect(notes).toContainEqual(
    expect.stringContaining("the encoder's kernels of 3 are taken for padded by 1"),
  );
  const { shape, data } = weights['encoder.conv1.kernel']!;
  expect(shape).toEqual([4, 4, 1, 2]);
  expect([...data].flatMap((value, i) => (i >= 24 || i % 8 >= 6 ? value : []))).toEqual(Array(14).fill(0));
  const own = { ...spec, encoder: { ...spec.encoder, kernelSize: 3 } } as typeof spec;
  await expect(importStateDict(fixture('uneven.pt'), { spec: own, name: 'uneven.pt' })).rejects.toMatchObject(
    {
      code: 'E_FORMAT',
      message: expect.stringContaining("uneven.pt: 'encoder.0': with a kernel of 3 and stride 2"),
    },
  );
});

describe('refuses', () => {
  it.each([['a normalisation', 'norm.pt', "'1.weight' [4] is of no dense layer"]])(
    '%s',
    async (_, name, message) => {
      await expect(importStateDict(fixture(name), { name })).rejects.toMatchObject({
        code: 'E_FORMAT',
        message: expect.stringContaining(`${name}: ${message}`),
      });
    },
  );

  const zeros = (...shape: number[]): NdArray => ({
    shape,
    data: new Float32Array(shape.reduce((a, b) => a * b, 1)),
  });
  const layer = (name: string, units: number, inputs: number) => ({
    [`${name}.weight`]: zeros(units, inputs),
    [`${name}.bias`]: zeros(units),
  });
  const vae = {
    ...layer('fc1', 6, 16),
    ...layer('mu', 2, 6),
    ...layer('logvar', 2, 6),
    ...layer('fc3', 6, 2),
    ...layer('fc4', 16, 6),
  };

  it.each([
    [
      'no heads',
      { ...layer('a', 6, 16), ...layer('b', 16, 6) },
      'E_FORMAT',
      'mean and log variance are not found among a, b',
    ],
    [
      'a decoder of another code',
      { ...layer('enc', 6, 16), ...layer('mu', 2, 6), ...layer('logvar', 2, 6), ...layer('dec', 16, 3) },
      'E_FORMAT',
      "'dec' takes 3 numbers",
    ],
    [
      'no decoder',
      { ...layer('fc1', 6, 16), ...layer('mu', 2, 6), ...layer('logvar', 2, 6) },
      'E_FORMAT',
      'it has no decoder',
    ],
    [
      'pixels of no square',
      { ...vae, ...layer('fc1', 6, 20), ...layer('fc4', 20, 6) },
      'E_FORMAT',
      '20 pixels are no square image',
    ],
    [
      'an encoder of other images',
      { ...vae, ...layer('fc1', 6, 20) },
      'E_FORMAT',
      "'fc1' is dense [20, 6], expected one for encoder.hidden1, dense [16, 6]",
    ],
  ] as const)('%s', async (_, tensors, code, message) => {
    await expect(importStateDict(encodeSafetensors(tensors))).rejects.toMatchObject({
      code,
      message: expect.stringContaining(message),
    });
  });

  it('what is no file of weights', async () => {
    await expect(importStateDict(new Uint8Array(20))).rejects.toMatchObject({ code: 'E_FORMAT' });
    await expect(importStateDict(undefined as never)).rejects.toMatchObject({ code: 'E_USAGE' });
    const nan = { ...vae, 'fc1.bias': { shape: [6], data: Float32Array.of(0, 0, Number.NaN, 0, 0, 0) } };
    await expect(importStateDict(encodeSafetensors(nan))).rejects.toMatchObject({ code: 'E_NOT_FINITE' });
  });
});
