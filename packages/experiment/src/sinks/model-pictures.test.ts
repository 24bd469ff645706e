import { startWasmBackend } from '@latentkit/backend';
import type { Dataset } from '@latentkit/core';
import { fromArrays } from '@latentkit/datasets';
import { createModel, createTrainedModel } from '@latentkit/models';
import { type TrainingEvent, train } from '@latentkit/trainers';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ExperimentConfig } from '../config-schema.ts';
import { modelSpecOf } from '../model-spec-of.ts';
import { tinyConfig, tinyDataset } from '../testing/tiny-run.ts';
import {
  createModelPictures,
  type ModelPicture,
  type ModelPicturesOptions,
  type PicturesAt,
} from './model-pictures.ts';

const dataset = tinyDataset();

beforeAll(() => startWasmBackend());

/** What is shown of a run, and its events. */
async function look(
  config: ExperimentConfig,
  data: Dataset = dataset,
  options: Partial<ModelPicturesOptions> = {},
) {
  const shown: { pictures: readonly ModelPicture[]; at: PicturesAt }[] = [];
  const show = (pictures: readonly ModelPicture[], at: PicturesAt) => void shown.push({ pictures, at });
  const sink = createModelPictures({ config, dataset: data, show, ...options });
  const events: TrainingEvent[] = [];
  const model = createModel(modelSpecOf(config, data.train.shape));
  for await (const event of train({ model, dataset: data, ...config.training })) {
    await sink(event);
    events.push(event);
  }
  return { shown, events };
}

describe('pictures by the model so far', () => {
  const config = tinyConfig({}, { epochs: 6 });
  let run: Awaited<ReturnType<typeof look>>;
  beforeAll(async () => {
    run = await look(config);
  });

  it('come about five times before the end, and of the kept weights at the end', () => {
    const end = run.events.at(-1);
    expect(run.shown.map(({ at }) => at)).toEqual([
      { epoch: 2 },
      { epoch: 4 },
      { epoch: 6, keptEpoch: end?.type === 'end' && end.epoch },
    ]);
  });

  it('are of the weights that training has just then', () => {
    const checkpoints = run.events.filter((event) => event.type === 'checkpoint');
    const trained = createTrainedModel(
      modelSpecOf(config, dataset.train.shape),
      checkpoints[3]!.checkpoint.weights,
    );
    const [reconstructions, samples] = run.shown[1]!.pictures;
    const half = reconstructions!.images.length / 2;
    const [originals, back] = [reconstructions!.images.slice(0, half), reconstructions!.images.slice(half)];
    expect(reconstructions).toMatchObject({ name: 'reconstructions', columns: 10 });
    expect(half).toBe(10 * 28 * 28);
    expect(trained.reconstruct(originals)).toEqual(back);
    expect(samples).toMatchObject({ name: 'samples', columns: 10 });
    expect(samples!.images).toEqual(trained.sample({ count: 20, seed: config.training.seed }));
    trained.dispose();
  });
});

it('as many as are asked for, as often', async () => {
  const { shown } = await look(tinyConfig({}, { epochs: 3 }), dataset, {
    every: 2,
    columns: 4,
    sampleRows: 1,
  });
  expect(shown.map(({ at }) => at.epoch)).toEqual([2, 3]);
  expect(shown[0]!.pictures.map(({ images }) => images.length / 784)).toEqual([8, 4]);
});

it('a plain autoencoder has no samples', async () => {
  const { shown } = await look(tinyConfig({ kind: 'autoencoder' }, { epochs: 1 }));
  expect(shown.map(({ pictures }) => pictures.map(({ name }) => name))).toEqual([['reconstructions']]);
});

it('a conditional model shows its classes in turn', async () => {
  const { shown } = await look(tinyConfig({ condition: { classes: 10 } }, { epochs: 1 }), dataset, {
    columns: 5,
  });
  expect(shown[0]!.pictures.map(({ images }) => images.length / 784)).toEqual([10, 10]);
});

it('images of other channels than grey and colour are not shown', async () => {
  const images = Float32Array.from({ length: 40 * 8 }, (_, i) => (i % 7) / 7);
  const data = fromArrays(images, { height: 2, width: 2, channels: 2 });
  const { shown, events } = await look(tinyConfig({}, { epochs: 1, batchSize: 10 }), data);
  expect(shown).toEqual([]);
  expect(events.at(-1)?.type).toBe('end');
});

it.each([
  [{ every: 0 }, 'E_RANGE'],
  [{ colums: 3 }, 'E_CONFIG'],
  [{ show: undefined }, 'E_USAGE'],
])('refuses %o', (options, code) => {
  const all = { config: tinyConfig(), dataset, show: () => {}, ...options };
  expect(() => createModelPictures(all as never)).toThrow(expect.objectContaining({ code }));
});
