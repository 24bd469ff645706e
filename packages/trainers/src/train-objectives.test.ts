import { createAccelerator, startWasmBackend } from '@latentkit/backend';
import type { Dataset } from '@latentkit/core';
import { createObjective, kl, type ObjectiveSpec, reconstruction, type Term } from '@latentkit/objectives';
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { evaluateLoss } from './loop/evaluate-loss.ts';
import { endOf, expectSameBits, resumed } from './testing/ends-of-runs.ts';
import { collectEvents, eventsOf, tinyDataset, tinyModel, tinyRun } from './testing/tiny-run.ts';
import { train } from './train.ts';
import type { TrainOptions } from './train-options.ts';

beforeAll(() => startWasmBackend());
const accelerators = await Promise.all([1, 2, 3].map((workers) => createAccelerator({ workers })));
afterAll(() => Promise.all(accelerators.map((one) => one.close())));

const sparsity: Term = {
  ...{ name: 'energy', title: 'Energy of codes', unit: '', per: 'example', weight: 0.25 },
  evaluate: ({ latents }) => kl().evaluate({ latents, samples: 1 } as never),
};

const MODEL = tinyModel();
const CONV = { type: 'conv', filters: [3], activation: 'relu' } as const;
const OBJECTIVES: [string, TrainOptions['objective']][] = [
  ...(
    [
      { type: 'elbo', beta: { type: 'linear', from: 0, to: 2 } },
      { type: 'elbo', freeBits: 0.05 },
      { type: 'elbo', capacity: { type: 'linear', from: 0, to: 1 } },
      { type: 'betaTc', totalCorrelation: 3 },
      { type: 'infoVae', mmd: 10 },
      { type: 'infoVae', mmd: 10, kl: 0.5, kernel: { type: 'inverseMultiquadratic' } },
      { type: 'iwae', samples: 4 },
      { type: 'iwae', samples: 4, gradient: 'doublyReparameterized' },
      { type: 'iwae', samples: 4, gradient: 'resampled' },
    ] as ObjectiveSpec[]
  ).map((spec): [string, TrainOptions['objective']] => [
    JSON.stringify(spec),
    createObjective(MODEL, spec, { examples: 22 }),
  ]),
  ...[
    ['codes of a codebook, one an image', { codebook: { size: 6, revive: 0.5 } }],
    [
      'codes of a codebook on a grid',
      { codebook: { size: 9, decay: 0.8, revive: 0.5 }, encoder: CONV, decoder: CONV },
    ],
  ].map(([name, change]): [string, TrainOptions['objective']] => [
    name as string,
    createObjective(tinyModel({ kind: 'vq', ...(change as object) })),
  ]),
  [
    'a critic',
    createObjective(tinyModel({ kind: 'autoencoder', prior: { type: 'standardNormal' } }), {
      type: 'adversarial',
      critic: { type: 'mlp', hidden: [6], activation: 'leakyRelu' },
    }),
  ],
  ["a stranger's term", createObjective(MODEL, { terms: [reconstruction(), kl(), sparsity] })],
];

describe.each(OBJECTIVES)('training with %s', (_, objective) => {
  it('gives the same bits eagerly, recorded on 1, 2 and 3 threads, and resumed', async () => {
    const run = tinyRun({ model: objective!.model, objective, epochs: 2 });
    const expected = await endOf(run);
    const [first, last] = [expected.history[0]!, expected.history.at(-1)!];
    expect(last.reconstruction!).toBeLessThan(first.reconstruction!);
    await expectSameBits(run, expected, accelerators);
  });
});

describe('a model of a table', () => {
  it('gives the same bits eagerly, recorded on 1, 2 and 3 threads, and resumed', async () => {
    const columns = [
      { type: 'gaussian', name: 'a', mean: 1, deviation: 2 },
      { type: 'categorical', name: 'b', values: ['x', 'y', 'z'] },
      { type: 'bernoulli', name: 'c', values: ['no', 'yes'] },
      { type: 'gaussian', name: 'd', mean: 0, deviation: 1 },
    ] as const;
    const shape = { height: 1, width: 6, channels: 1 };
    const rows = (count: number) => ({
      ...{ shape, count },
      images: Float32Array.from(
        Array.from({ length: count }, (_, i) => [
          Math.sin(i),
          ...[0, 1, 2].map((value) => Number(i % 3 === value)),
          i % 2,
          Math.cos(3 * i),
        ]).flat(),
      ),
    });
    const model = tinyModel({ image: shape, likelihood: { type: 'columns', output: 'linear', columns } });
    const run = tinyRun({ model, dataset: { name: 'rows', train: rows(22), validation: rows(7) } });
    const expected = await endOf(run);
    expect(expected.weights['likelihood.logSigma']!.data).toHaveLength(2);
    expect(expected.history.at(-1)!.reconstruction!).toBeLessThan(expected.history[0]!.reconstruction!);
    for (const accelerator of accelerators) {
      expect((await endOf({ ...run, accelerator })).weights).toEqual(expected.weights);
    }
    expect((await resumed({ ...run, accelerator: accelerators[2] }, 7)).weights).toEqual(expected.weights);
  });
});

describe('a conditional model', () => {
  const labels = (count: number) => Uint8Array.from({ length: count }, (_, i) => i % 3);
  const labelled = (): Dataset => {
    const { train: own, validation, name } = tinyDataset();
    return {
      name,
      train: { ...own, labels: labels(own.count) },
      validation: { ...validation, labels: labels(validation.count) },
    };
  };
  const model = tinyModel({ condition: { classes: 3 } });

  it("is told each image's class, in training and validation", async () => {
    const run = tinyRun({ model, dataset: labelled() });
    const { weights, history } = await endOf(run);
    const objective = createObjective(model);
    const judged = await evaluateLoss(objective, weights, run.dataset.validation, { seed: 4 });
    expect(judged.loss).toBe(Math.min(...history.map(({ valLoss }) => valLoss)));
    const other = { ...run.dataset.validation, labels: labels(8).subarray(1) };
    expect((await evaluateLoss(objective, weights, other, { seed: 4 })).loss).not.toBe(judged.loss);
  });

  it('gives the same bits recorded, dense or convolutional, with a prior that is learned', async () => {
    const conv = { type: 'conv', filters: [3], activation: 'relu' } as const;
    const image = { height: 4, width: 3, channels: 1 };
    for (const change of [
      {},
      { encoder: conv, decoder: conv },
      { prior: { type: 'vamp', components: 4 } },
      { prior: { type: 'mixture', components: 3 }, condition: undefined },
    ] as Partial<Parameters<typeof tinyModel>[0]>[]) {
      const run = tinyRun({
        model: tinyModel({ condition: { classes: 3 }, image, ...change }),
        dataset: labelled(),
      });
      const { weights } = await endOf(run);
      for (const accelerator of accelerators) {
        expect((await endOf({ ...run, accelerator })).weights, JSON.stringify(change)).toEqual(weights);
      }
    }
  });

  it('refuses images without labels, and labels that it does not know', async () => {
    await expect(endOf(tinyRun({ model }))).rejects.toThrow(expect.objectContaining({ code: 'E_USAGE' }));
    const dataset = labelled();
    const odd = { ...dataset, train: { ...dataset.train, labels: labels(22).map((label) => label + 1) } };
    await expect(endOf(tinyRun({ model, dataset: odd }))).rejects.toThrow('train image 2 has label 3');
  });
});

describe('weights that change', () => {
  it('do not decide which epoch is best, when to stop, or the rate: all are judged by the last weights', async () => {
    const beta = { type: 'linear', from: 0, to: 50 } as const;
    const rules = { earlyStopping: { patience: 1 }, reduceOnPlateau: { factor: 0.5, patience: 1 } };
    const run = tinyRun({ epochs: 6, beta, learningRate: 0.005, ...rules });
    const { history, epoch, reason } = await endOf(run);
    const targets = history.map(({ valReconstruction, valKl }) => valReconstruction! + 50 * valKl!);
    expect(history.map(({ valTarget }) => valTarget)).toEqual(targets);
    expect([epoch, reason]).toEqual([targets.indexOf(Math.min(...targets)) + 1, 'completed']);
    expect(history.every(({ learningRate }) => learningRate === 0.005)).toBe(true);
    expect(history.at(-1)!.beta).toBe(50);
    // By the losses of each epoch's own beta the first would have been the best.
    const losses = history.map(({ valLoss }) => valLoss);
    expect([losses.indexOf(Math.min(...losses)) + 1, epoch]).toEqual([1, 6]);
  });

  it('are judged by the last capacity, too', async () => {
    const capacity = { type: 'linear', from: 0, to: 3 } as const;
    const objective = createObjective(MODEL, { type: 'elbo', beta: 20, capacity });
    const run = tinyRun({ model: MODEL, objective, epochs: 3, seed: 5 });
    const { weights, epoch, history } = await endOf(run);
    const atItsEnd = await evaluateLoss(objective, weights, run.dataset.validation, { seed: 5 });
    expect(history[epoch - 1]!.valTarget).toBeCloseTo(atItsEnd.loss, 3);
    expect(history[0]!.valTarget).toBeGreaterThan(history[0]!.valLoss + 20);
    expect(history.at(-1)!.valTarget).toBe(history.at(-1)!.valLoss);
  });

  it('are told of where the run is too short for them', async () => {
    const beta = { type: 'linear', from: 0, to: 1, epochs: 400 } as const;
    const [start] = eventsOf(await collectEvents(train(tinyRun({ epochs: 2, beta }))), 'start');
    expect(start!.notes).toEqual(['beta goes to 1 over 400 epochs, but the run ends at 0.0025 after 2']);
  });
});

describe('train', () => {
  it('starts from weights that are given, and refuses those of another model', async () => {
    const { weights } = await endOf(tinyRun({ epochs: 1 }));
    const still = await endOf(tinyRun({ epochs: 1, learningRate: 0, weights }));
    expect(still.weights).toEqual(weights);
    const other = tinyModel({ latentDim: 3 }).initialize(1);
    await expect(endOf(tinyRun({ weights: other }))).rejects.toThrow(
      expect.objectContaining({ code: 'E_SHAPE' }),
    );
  });

  it('weighs a small last batch by its images', async () => {
    const whole = await evaluateLoss(createObjective(MODEL), MODEL.initialize(4), tinyDataset().train);
    for (const batchSize of [22, 21, 5, 1]) {
      const { history } = await endOf(tinyRun({ model: MODEL, epochs: 1, batchSize, learningRate: 0 }));
      expect(history[0]!.kl! / whole.kl!).toBeCloseTo(1, 5);
    }
  });

  it('drops a last batch that is too small to compare examples', async () => {
    const objective = createObjective(MODEL, { type: 'infoVae', mmd: 1 });
    const events = await collectEvents(train(tinyRun({ model: MODEL, objective, epochs: 1, batchSize: 21 })));
    expect(eventsOf(events, 'step').map(({ images, batches }) => [images, batches])).toEqual([[21, 1]]);
    expect(Number.isFinite(eventsOf(events, 'epoch')[0]!.mmd)).toBe(true);
  });

  it('leaves no tensors behind', async () => {
    const before = tf.memory().numTensors;
    await endOf(tinyRun({ model: MODEL, objective: createObjective(MODEL, { type: 'iwae', samples: 2 }) }));
    expect(tf.memory().numTensors).toBe(before);
  });
});
