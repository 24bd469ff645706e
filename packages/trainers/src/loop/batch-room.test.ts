import { acceleratorMemory, createAccelerator } from '@latentkit/backend';
import { createModel, type ModelSpec } from '@latentkit/models';
import { createObjective } from '@latentkit/objectives';
import { afterEach, expect, it, vi } from 'vitest';
import { train } from '../train.ts';
import { batchRoom, largestBatch } from './batch-room.ts';

const image = { height: 16, width: 16, channels: 1 };
const likelihood = { type: 'bernoulli', output: 'sigmoid' } as const;
const dense = { type: 'mlp', hidden: [64], activation: 'relu' } as const;
const conv = {
  type: 'conv',
  filters: [8],
  kernelSize: 3,
  stride: 2,
  hidden: [16],
  activation: 'relu',
} as const;
const specs: Readonly<Record<string, ModelSpec>> = {
  dense: { kind: 'vae', image, latentDim: 2, encoder: dense, decoder: dense, likelihood },
  convolutional: { kind: 'vae', image, latentDim: 2, encoder: conv, decoder: conv, likelihood } as ModelSpec,
};
const memory = acceleratorMemory();
const objectiveOf = (name: string) => createObjective(createModel(specs[name]!));

afterEach(() => void vi.restoreAllMocks());

it.each(Object.keys(specs))('counts the bytes that a training takes: %s', async (name) => {
  const grow = vi.spyOn(WebAssembly.Memory.prototype, 'grow');
  const accelerator = await createAccelerator({ workers: 1 });
  grow.mockClear(); // what it begins with is no matter of batches
  const count = 8000;
  const set = { shape: image, count, images: new Uint8Array(count * 256) };
  const few = { ...set, count: 10, images: set.images.subarray(0, 2560) };
  const objective = objectiveOf(name);
  const options = { dataset: { name: 'black', train: set, validation: few }, epochs: 1, batchSize: 5000 };
  for await (const _ of train({ model: objective.model, objective, ...options, accelerator }));
  await accelerator.close();
  const grown = 65_536 * grow.mock.calls.reduce((sum, [pages]) => sum + pages, 0);
  const { bytes } = batchRoom(objective, 5000, { memory, images: count });
  expect(grown).toBeGreaterThan(20e6);
  // Its blocks are cut from whole stretches, whose ends are left.
  expect(Math.abs(bytes - grown)).toBeLessThan(7e6);
});

it.each(Object.keys(specs))('finds the largest batch that fits, to within a hundredth: %s', (name) => {
  const objective = objectiveOf(name);
  const small = { ...memory, bytes: 5e8 };
  const most = largestBatch(objective, { memory: small });
  expect(most).toBeGreaterThan(1000);
  expect(batchRoom(objective, most, { memory: small }).bytes).toBeLessThanOrEqual(5e8);
  expect(batchRoom(objective, Math.ceil(1.01 * most) + 1, { memory: small }).bytes).toBeGreaterThan(5e8);
  // As many images as a batch has leave no rest, which would take as much again.
  expect(batchRoom(objective, most, { memory: small, images: most }).bytes).toBeLessThan(2.6e8);
});

it('finds no batch where the network alone is too large, and the widest layer where nothing more is known', () => {
  const objective = objectiveOf('dense');
  expect(largestBatch(objective, { memory: { ...memory, bytes: 1e5 } })).toBe(0);
  expect(largestBatch(objective)).toBe(2 ** 32 / (4 * 256));
});

it('counts what the optimizer remembers, and each of the samples', () => {
  const objective = objectiveOf('dense');
  const bytesOf = (options = {}) => batchRoom(objective, 10, { memory, images: 10, ...options }).bytes;
  const parameters = 256 * 64 + 64 + 2 * (64 * 2 + 2) + (2 * 64 + 64) + (64 * 256 + 256);
  expect(bytesOf() - bytesOf({ optimizer: { name: 'sgd' } })).toBe(4 * 2 * parameters); // Adam's two moments
  const many = createObjective(createModel(specs.dense!), { type: 'iwae', samples: 20 });
  expect(batchRoom(many, 1000, { memory }).bytes).toBeGreaterThan(
    5 * batchRoom(objective, 1000, { memory }).bytes,
  );
});

it('refuses, before anything is computed, a batch that its accelerator has no room for, and says how much it takes', async () => {
  const accelerator = await createAccelerator({ workers: 1 });
  const read = () => Promise.reject(new Error('not to be read'));
  const set = { shape: image, count: 1_700_000, read };
  const { model } = objectiveOf('dense');
  const dataset = { name: 'huge', train: set, validation: set };
  const options = { model, dataset, epochs: 1, batchSize: 1_600_000 };
  expect(1_600_000).toBeLessThan(largestBatch(objectiveOf('dense'))); // a layer alone would fit
  await expect(train({ ...options, accelerator }).next()).rejects.toMatchObject({
    code: 'E_LIMIT',
    message: expect.stringMatching(
      /^train: batches of 1600000 images take \d+\.\d GB of memory, of at most 4\.2 GB\. Take a smaller batchSize$/,
    ),
  });
  await accelerator.close();
});
