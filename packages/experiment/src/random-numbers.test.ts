import { readFileSync } from 'node:fs';
import { startWasmBackend } from '@latentkit/backend';
import { Stream } from '@latentkit/core';
import { fromArrays } from '@latentkit/datasets';
import { createModel, createTrainedModel, type ModelSpec } from '@latentkit/models';
import { type TrainingEvent, train } from '@latentkit/trainers';
import { beforeAll, describe, expect, it } from 'vitest';
import { collect } from './testing/collect.ts';
import { normalAt, orderAt, philox, uniformAt } from './testing/tiny-philox.ts';

const page = readFileSync(new URL('../../../docs/random-numbers.md', import.meta.url), 'utf8');

/** The streams' numbers as the page has them. */
const streams = Object.fromEntries(
  [...page.matchAll(/^\| `(\w+)` \| (\d+) \|/gm)].map(([, name, number]) => [name, Number(number)]),
);
const stream = (name: string) => streams[name]!;

it('the page has every stream, with its number', () => {
  expect(streams).toEqual(Stream);
});

it('the page has the generator that it checks', () => {
  const [, expected] = page.match(/counter `\[0, 0, 0, 0\]` gives `([\da-f ]+)`/)!;
  const words = philox([0n, 0n], [0n, 0n, 0n, 0n]).map((word) => word.toString(16).padStart(8, '0'));
  expect(words.join(' ')).toBe(expected);
});

const [SEED, SPLIT_SEED, COUNT, PIXELS, LATENT, HIDDEN] = [2 ** 33 + 5, 9, 11, 4, 2, 3];
const SHAPE = { height: 2, width: 2, channels: 1 };
const mlp = { type: 'mlp', hidden: [HIDDEN], activation: 'tanh' } as const;
const spec: ModelSpec = {
  ...{ kind: 'vae', image: SHAPE, latentDim: LATENT, encoder: mlp, decoder: mlp },
  likelihood: { type: 'bernoulli', output: 'sigmoid' },
};
const grey = Uint8Array.from({ length: COUNT * PIXELS }, (_, i) => (i * 37) % 256);
const dataset = fromArrays(grey, SHAPE, { validationFraction: 0.3, seed: SPLIT_SEED });

/** Two epochs in batches of 3 whose updates are too small to move a weight: each loss tells its batch and its noise. */
let events: TrainingEvent[];
beforeAll(async () => {
  await startWasmBackend();
  const options = { model: createModel(spec), dataset, epochs: 2, batchSize: 3, seed: SEED } as const;
  const still = { optimizer: { name: 'sgd' }, learningRate: 1e-30, binarize: 'dynamic' } as const;
  events = await collect(train({ ...options, ...still }));
});

// From here on nothing of Latentkit: the images, the page and float64.

const order = orderAt({ seed: SPLIT_SEED, stream: stream('split') }, COUNT);
const held = Math.round(COUNT * 0.3);
const validation = order.slice(0, held).sort((a, b) => a - b);
const training = order.slice(held).sort((a, b) => a - b);

function kernel(index: number, inputs: number, outputs: number): number[][] {
  const limit = Math.sqrt(6 / (inputs + outputs));
  return Array.from({ length: inputs }, (_, row) =>
    Array.from({ length: outputs }, (__, column) => {
      const u = uniformAt({ seed: SEED, stream: stream('weights'), index }, row * outputs + column);
      return Math.fround((2 * u - 1) * limit);
    }),
  );
}
const kernels = {
  'encoder.hidden1.kernel': kernel(0, PIXELS, HIDDEN),
  'encoder.mean.kernel': kernel(1, HIDDEN, LATENT),
  'encoder.logVar.kernel': kernel(2, HIDDEN, LATENT),
  'decoder.hidden1.kernel': kernel(3, LATENT, HIDDEN),
  'decoder.output.kernel': kernel(4, HIDDEN, PIXELS),
};

const times = (x: readonly number[], name: keyof typeof kernels) =>
  kernels[name][0]!.map((_, column) => x.reduce((sum, v, row) => sum + v * kernels[name][row]![column]!, 0));

/** The logits of a code. */
function decode(z: readonly number[]): number[] {
  return times(times(z, 'decoder.hidden1.kernel').map(Math.tanh), 'decoder.output.kernel');
}

/** `-ELBO` of an image of coins. */
function loss(x: readonly number[], noise: readonly number[]): number {
  const hidden = times(x, 'encoder.hidden1.kernel').map(Math.tanh);
  const [mean, logVar] = [times(hidden, 'encoder.mean.kernel'), times(hidden, 'encoder.logVar.kernel')];
  const logits = decode(mean.map((m, d) => m + Math.exp(logVar[d]! / 2) * noise[d]!));
  const nll = logits.reduce((sum, l, i) => sum + Math.log1p(Math.exp(l)) - x[i]! * l, 0);
  const kl = mean.reduce((sum, m, d) => sum + (m * m + Math.exp(logVar[d]!) - 1 - logVar[d]!) / 2, 0);
  return nll + kl;
}

const normals = (name: string, step: number, index: number, seed = SEED) =>
  Array.from({ length: LATENT }, (_, i) => normalAt({ seed, stream: stream(name), step, index }, i));

/** Image `index` of a set, as coins. */
function coins(set: readonly number[], index: number, step: number): number[] {
  return Array.from({ length: PIXELS }, (_, i) => {
    const value = grey[set[index]! * PIXELS + i]! / 255;
    return uniformAt({ seed: SEED, stream: stream('binarize'), step, index }, i) < Math.fround(value) ? 1 : 0;
  });
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

describe('by the page alone, another program comes to', () => {
  it('the split', () => {
    const pixels = (set: readonly number[]) =>
      set.flatMap((i) => [...grey.subarray(i * PIXELS, (i + 1) * PIXELS)]);
    expect([...dataset.train.images]).toEqual(pixels(training));
    expect([...dataset.validation.images]).toEqual(pixels(validation));
  });

  it('the initial weights, bit for bit', () => {
    const { weights } = events.find((event) => event.type === 'checkpoint')!.checkpoint;
    for (const [name, rows] of Object.entries(kernels))
      expect([...weights[name]!.data], name).toEqual(rows.flat());
    expect(
      Object.keys(weights)
        .filter((name) => name.endsWith('.kernel'))
        .sort(),
    ).toEqual(Object.keys(kernels).sort());
  });

  it("each step's loss: the batch's images, their coins and their noise, in both epochs", () => {
    const steps = events.filter((event) => event.type === 'step');
    expect(steps).toHaveLength(6);
    let step = 0;
    for (const epoch of [0, 1]) {
      const shuffled = orderAt({ seed: SEED, stream: stream('shuffle'), step: epoch }, training.length);
      for (let first = 0; first < shuffled.length; first += 3) {
        step++;
        const batch = shuffled.slice(first, first + 3);
        const losses = batch.map((index, place) =>
          loss(coins(training, index, epoch), normals('latentNoise', step, place)),
        );
        expect(steps[step - 1]!.images).toBe(batch.length);
        expect(steps[step - 1]!.loss / mean(losses)).toBeCloseTo(1, 5);
      }
    }
  });

  it("each epoch's validation loss", () => {
    const losses = validation.map((_, index) =>
      loss(coins(validation, index, 0), normals('validationNoise', 0, index)),
    );
    for (const event of events) {
      if (event.type === 'epoch') expect(event.valLoss / mean(losses)).toBeCloseTo(1, 5);
    }
  });

  it('the samples', () => {
    const end = events.find((event) => event.type === 'end')!;
    const trained = createTrainedModel(spec, end.weights);
    const pictures = trained.sample({ count: 3, seed: 4 });
    trained.dispose();
    const expected = [0, 1, 2].flatMap((index) =>
      decode(normals('sample', 0, index, 4)).map((logit) => 1 / (1 + Math.exp(-logit))),
    );
    for (const [i, value] of expected.entries()) expect(pictures[i]).toBeCloseTo(value, 5);
  });
});
