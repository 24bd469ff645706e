import { createAccelerator, startWasmBackend } from '@latentkit/backend';
import type { Dataset } from '@latentkit/core';
import { labelSome } from '@latentkit/datasets';
import type { Model } from '@latentkit/models';
import { createObjective, type ObjectiveSpec } from '@latentkit/objectives';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { evaluateLoss } from './loop/evaluate-loss.ts';
import { endOf, expectSameBits } from './testing/ends-of-runs.ts';
import { collectEvents, eventsOf, tinyDataset, tinyModel, tinyRun } from './testing/tiny-run.ts';
import { train } from './train.ts';
import type { TrainOptions } from './train-options.ts';

beforeAll(() => startWasmBackend());
const accelerators = await Promise.all([1, 2, 3].map((workers) => createAccelerator({ workers })));
afterAll(() => Promise.all(accelerators.map((one) => one.close())));

/** The tiny dataset with classes, those of six of its images to learn from. */
function labelledDataset(): Dataset {
  const { train: own, validation, name } = tinyDataset();
  const labels = (count: number) => Uint8Array.from({ length: count }, (_, i) => i % 3);
  return {
    name,
    train: labelSome({ ...own, labels: labels(own.count) }, { labels: 6, share: 0.4 }),
    validation: { ...validation, labels: labels(validation.count) },
  };
}

const classifying = { kind: 'semiSupervised', condition: { classes: 3 } } as const;

const two = {
  kind: 'hierarchical',
  upper: {
    latentDim: 2,
    encoder: { type: 'mlp', hidden: [4], activation: 'tanh' },
    decoder: { type: 'mlp', hidden: [4], activation: 'tanh' },
  },
} as const;
const convolutional = {
  encoder: { type: 'conv', filters: [2], activation: 'relu' },
  decoder: { type: 'conv', filters: [2], activation: 'relu' },
} as const;

const RESIDUAL = { type: 'residual', activation: 'leakyRelu' } as const;

const batchNormalised = {
  encoder: { ...RESIDUAL, norm: 'batch', filters: [2] },
  decoder: { ...RESIDUAL, norm: 'batch', filters: [2] },
} as const;

/** With every label to learn from. */
function withoutHiding({ train: { labelled: _, ...own }, ...dataset }: Dataset): Dataset {
  return { ...dataset, train: own };
}

/** A run of a model by an objective of it. */
function ofObjective(model: Model, spec: ObjectiveSpec): Partial<TrainOptions> {
  return { model, objective: createObjective(model, spec) };
}

const RUNS: Readonly<Record<string, Partial<TrainOptions>>> = {
  'kind semiSupervised': { model: tinyModel(classifying), dataset: labelledDataset() },
  'kind semiSupervised, a prior of posteriors and a convolutional classifier': {
    model: tinyModel({
      ...classifying,
      prior: { type: 'vamp', components: 3 },
      classifier: { type: 'conv', filters: [2], activation: 'relu' },
    }),
    dataset: labelledDataset(),
  },
  'kind semiSupervised with convolutions': {
    model: tinyModel({ ...classifying, ...convolutional }),
    dataset: labelledDataset(),
  },
  'kind semiSupervised with batch normalisation': {
    model: tinyModel({
      ...classifying,
      encoder: { ...RESIDUAL, norm: 'batch', filters: [2] },
      decoder: { ...RESIDUAL, norm: 'batch', filters: [2] },
    }),
    dataset: labelledDataset(),
  },
  'kind hierarchical': { model: tinyModel(two) },
  'kind hierarchical with convolutions, on coins': {
    ...ofObjective(tinyModel({ ...two, ...convolutional }), { type: 'elbo', beta: 0.5 }),
    binarize: 'dynamic',
  },
  'residual networks with group normalisation': {
    model: tinyModel({
      encoder: { ...RESIDUAL, filters: [2, 4] },
      decoder: { ...RESIDUAL, filters: [4, 2] },
    }),
  },
  'residual networks without normalisation, dense layers, two blocks': {
    model: tinyModel({
      encoder: { ...RESIDUAL, norm: 'none', blocks: 2, hidden: [4], filters: [2] },
      decoder: { ...RESIDUAL, norm: 'none', blocks: 2, hidden: [4], filters: [2] },
    }),
  },
  'a conditional residual network': {
    model: tinyModel({
      condition: { classes: 3 },
      encoder: { ...RESIDUAL, filters: [3] },
      decoder: { ...RESIDUAL, filters: [3], blocks: 0 },
    }),
    dataset: withoutHiding(labelledDataset()),
  },
  'residual networks with batch normalisation': {
    model: tinyModel({
      encoder: { ...RESIDUAL, norm: 'batch', filters: [2, 4], hidden: [4] },
      decoder: { ...RESIDUAL, norm: 'batch', filters: [4, 2] },
    }),
  },
  'batch normalisation on coins, of an average of the weights': {
    model: tinyModel({
      condition: { classes: 3 },
      encoder: { ...RESIDUAL, norm: 'batch', filters: [3] },
      decoder: { ...RESIDUAL, norm: 'batch', filters: [3], blocks: 0 },
    }),
    dataset: withoutHiding(labelledDataset()),
    ...{ binarize: 'dynamic', averaging: { decay: 0.9 } },
  },
  'batch normalisation by three samples': ofObjective(tinyModel(batchNormalised), {
    type: 'iwae',
    samples: 3,
  }),
  'batch normalisation of codes of a codebook': ofObjective(
    tinyModel({ ...batchNormalised, kind: 'vq', codebook: { size: 6, revive: 0.5 } }),
    { type: 'vq' },
  ),
  'batch normalisation of a classifier': {
    model: tinyModel({ ...classifying, classifier: batchNormalised.encoder }),
    dataset: labelledDataset(),
  },
  'batch normalisation beside a critic': ofObjective(
    tinyModel({ ...batchNormalised, kind: 'autoencoder', prior: { type: 'standardNormal' } }),
    { type: 'adversarial', critic: { type: 'mlp', hidden: [4], activation: 'tanh' } },
  ),
  'batch normalisation of an encoder that a prior has, too': {
    model: tinyModel({ ...batchNormalised, prior: { type: 'vamp', components: 3 } }),
  },
  'kind hierarchical by three samples': ofObjective(tinyModel(two), { type: 'iwae', samples: 3 }),
  'kind hierarchical, a prior of posteriors': {
    model: tinyModel({ ...two, prior: { type: 'vamp', components: 3 } }),
  },
  'a prior of posteriors at a beta that begins at 0': {
    model: tinyModel({ prior: { type: 'vamp', components: 3 } }),
    beta: { type: 'linear', from: 0, to: 1 },
  },
  'kind hierarchical at a beta of 0': { model: tinyModel(two), beta: 0 },
  'kind hierarchical, its upper codes drawn to the prior': ofObjective(tinyModel(two), {
    type: 'infoVae',
    mmd: 10,
  }),
};

describe.each(Object.entries(RUNS))('%s', (_, change) => {
  it('gives the same bits eagerly, recorded on 1, 2 and 3 threads, and resumed', async () => {
    const run = tinyRun({ ...change, epochs: 2 });
    const expected = await endOf(run);
    await expectSameBits(run, expected, accelerators);
  });
});

describe('learning from the labels of some', () => {
  const model = tinyModel(classifying);

  it('reads no label but theirs', async () => {
    const dataset = labelledDataset();
    const { labels, labelled } = dataset.train;
    const hidden = labels!.map((label, i) => (labelled!.indices.includes(i) ? label : (label + 1) % 3));
    const other = { ...dataset, train: { ...dataset.train, labels: hidden as typeof labels } } as Dataset;
    const [accelerator] = accelerators;
    const weightsBy = async (set: Dataset) =>
      (await endOf(tinyRun({ model, dataset: set, accelerator }))).weights;
    expect(await weightsBy(other)).toEqual(await weightsBy(dataset));
  });

  it('tells how often the class of validation images is right, by all of their labels', async () => {
    const { weights, history } = await endOf(tinyRun({ model, dataset: labelledDataset(), keep: 'last' }));
    const { validation } = labelledDataset();
    const { accuracy, negativeEntropy } = await evaluateLoss(createObjective(model), weights, validation);
    expect(history.at(-1)!.valAccuracy).toBeCloseTo(accuracy!, 6);
    expect((accuracy! * validation.count) % 1).toBeCloseTo(0, 5);
    expect(negativeEntropy).toBe(0); // every class is known
  });

  it.each([
    [{ model: tinyModel({ condition: { classes: 3 } }) }, 'does not learn from the labels of some'],
    [{ model: tinyModel() }, 'does not learn from the labels of some'],
    [
      { model: tinyModel({ kind: 'semiSupervised', condition: { classes: 2 } }) },
      'condition: { classes: 3 }',
    ],
  ])('is refused to a model that cannot: %#', async (change, message) => {
    const run = train(tinyRun({ dataset: labelledDataset(), ...change }));
    await expect(collectEvents(run)).rejects.toThrow(message);
  });

  it('is told when a run starts', async () => {
    const events = await collectEvents(train(tinyRun({ model, dataset: labelledDataset(), epochs: 1 })));
    expect(eventsOf(events, 'start')[0]!.notes).toEqual([
      'the labels of 6 of the 22 training images are learned from; of each batch they are 40%',
    ]);
  });

  it('refuses images without labels', async () => {
    const run = collectEvents(train(tinyRun({ model })));
    await expect(run).rejects.toThrow('the train images have no labels');
  });
});
