import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startWasmBackend } from '@latentkit/backend';
import { holdOut } from '@latentkit/datasets';
import { createModel } from '@latentkit/models';
import { createObjective } from '@latentkit/objectives';
import { type EndEvent, evaluateLoss } from '@latentkit/trainers';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ExperimentConfig } from '../config-schema.ts';
import { DEFAULT_FIGURES } from '../figures/figure-specs.ts';
import { modelSpecOf } from '../model-spec-of.ts';
import { collect } from '../testing/collect.ts';
import { FOLDERS_AND_CHECKPOINT, filesOf, linesOf } from '../testing/read-run.ts';
import { tempDirectory } from '../testing/temp-directory.ts';
import { TINY_AUTOENCODER, tinyConfig, tinyDataset } from '../testing/tiny-run.ts';
import { trainRun } from '../testing/train-run.ts';
import { loadCheckpoint } from './load-run.ts';
import { runExperiment } from './run-experiment.ts';
import type { ExperimentEvent, WrittenEvent } from './write-run.ts';

const root = tempDirectory();
const date = () => new Date('2026-01-02T03:04:05Z');
let runs = 0;
const newPath = () => join(root, `run-${runs++}`);
const textOf = (...path: string[]) => readFileSync(join(...path), 'utf8');

/** Drawing is most of a tiny run's time: one figure, where the others are not what is asked about. */
const oneFigure = (): ExperimentConfig => ({ ...tinyConfig(), figures: [{ name: 'loss-curves' }] });

const NAMES = DEFAULT_FIGURES.map(({ name }) => name);
const WHOLE = [...FOLDERS_AND_CHECKPOINT, 'end.json', 'model.json', 'model.safetensors', 'report.html'];
const figureFiles = (names: readonly string[]) =>
  names.flatMap((name) => [`figures/${name}.png`, `figures/${name}.svg`]);

beforeAll(() => startWasmBackend());

describe('a run to its end', () => {
  let path: string;
  let events: ExperimentEvent[];
  let tensors: number;
  beforeAll(async () => {
    path = newPath();
    tensors = tf.memory().numTensors;
    events = await collect(runExperiment({ config: tinyConfig(), dataset: tinyDataset(), out: path, date }));
  });

  it('has every file, and no other', () => {
    expect(filesOf(path)).toEqual([...WHOLE, ...figureFiles(NAMES)].sort());
  });

  it("tells the trainer's events, then that all is written", () => {
    const types = events.map(({ type }) => type).filter((type) => type !== 'step');
    expect(types).toEqual(['start', 'epoch', 'checkpoint', 'epoch', 'checkpoint', 'end', 'written']);
    const written = events.at(-1);
    expect(written).toMatchObject({ type: 'written', directory: path });
    if (written?.type === 'written') expect(written.figures.map(({ name }) => name)).toEqual(NAMES);
  });

  it('has a line of metrics an epoch, those of the events', () => {
    const epochs = events.filter((event) => event.type === 'epoch').map(({ type: _, ...metrics }) => metrics);
    expect(linesOf(path).map((line) => JSON.parse(line))).toEqual(epochs);
    expect(epochs.map(({ epoch }) => epoch)).toEqual([1, 2]);
  });

  it('has the config that was asked for', () => {
    expect(JSON.parse(textOf(path, 'config.json'))).toEqual(tinyConfig());
  });

  it('has its last checkpoint on disk, bit for bit', async () => {
    const last = events.findLast((event) => event.type === 'checkpoint');
    expect(await loadCheckpoint(path)).toEqual(last!.checkpoint);
  });

  it('has a report with every figure, dated', () => {
    const report = textOf(path, 'report.html');
    expect(report.match(/<figure /g)).toHaveLength(NAMES.length);
    expect(report).toContain(
      '200 training and 40 validation images. Trained for 2 epochs; the weights are those of epoch 2.',
    );
    expect(report).toContain('2026-01-02 03:04 UTC');
  });

  it('leaves no tensors', () => {
    expect(tf.memory().numTensors).toBe(tensors);
  });

  it('is the same again, but for the time it took', async () => {
    const again = newPath();
    await collect(runExperiment({ config: tinyConfig(), dataset: tinyDataset(), out: again, date }));
    for (const name of ['config.json', 'model.json', 'model.safetensors', ...figureFiles(NAMES)]) {
      expect(readFileSync(join(again, name)).equals(readFileSync(join(path, name))), name).toBe(true);
    }
  });

  it('is refused a second time in the same folder, before anything is computed, and done over by force', async () => {
    const options = { config: tinyConfig({}, { epochs: 1 }), dataset: tinyDataset(), out: path };
    const before = filesOf(path);
    const refused = runExperiment(options).next();
    await expect(refused).rejects.toMatchObject({ code: 'E_EXISTS' });
    expect(filesOf(path)).toEqual(before);
    await trainRun({ ...options, force: true });
    expect(linesOf(path)).toHaveLength(1);
  });
});

it('a plain autoencoder has all but the samples and the KL', async () => {
  const path = newPath();
  const config = tinyConfig(TINY_AUTOENCODER);
  await collect(runExperiment({ config, dataset: tinyDataset(), out: path }));
  const names = NAMES.filter((name) => name !== 'samples' && name !== 'kl-by-dimension');
  expect(filesOf(path)).toEqual([...WHOLE, ...figureFiles(names)].sort());
  expect(textOf(path, 'report.html')).toContain('No figure. A plain autoencoder has no distribution');
});

it('the figures that its config names come out in their order, as they were wanted, with projections beside them', async () => {
  const path = newPath();
  const figures = [
    { name: 'sample-row', count: 3 },
    { name: 'projections', points: 20, methods: ['pca'] },
    { name: 'loss-curves', smoothing: 2 }, // three times as many epochs would be needed
  ] as const;
  await collect(runExperiment({ config: { ...tinyConfig(), figures }, dataset: tinyDataset(), out: path }));
  const maps = ['coordinates.csv', 'projections.png', 'projections.svg', 'quality.json'];
  const files = [
    'projections',
    ...figureFiles(['sample-row', 'loss-curves']),
    ...maps.map((name) => `projections/${name}`),
  ];
  expect(filesOf(path)).toEqual([...WHOLE, ...files].sort());
  expect(textOf(path, 'projections', 'coordinates.csv').trimEnd().split('\n')).toHaveLength(21);
  expect(textOf(path, 'figures', 'loss-curves.svg')).not.toContain('mean of');
});

it('of which images were held out to choose the epoch is tested on others in the end', async () => {
  const test = tinyDataset().validation;
  const run = (dataset: Parameters<typeof runExperiment>[0]['dataset']) =>
    collect(runExperiment({ config: oneFigure(), dataset, out: newPath(), date }));
  const held = holdOut(tinyDataset(), 40);
  const events = await run(held);
  expect(events[0]).toMatchObject({
    trainImages: 160,
    validationImages: 40,
    testImages: 40,
    choosesByTest: false,
  });
  const [end, written] = events.slice(-2) as [EndEvent, WrittenEvent];
  const objective = createObjective(
    createModel(modelSpecOf(tinyConfig(), test.shape)),
    tinyConfig().objective,
  );
  const { seed } = tinyConfig().training;
  expect(written.testLoss).toBe((await evaluateLoss(objective, end.weights, test, { seed })).loss);
  expect(textOf(written.directory, 'report.html')).toContain(
    '160 training, 40 validation and 40 test images',
  );
  expect(textOf(written.directory, 'report.html')).toContain('<dt>test loss</dt>');
  expect(JSON.parse(textOf(written.directory, 'data.json')).test.count).toBe(40);
});

it('says where the test images choose the epoch', async () => {
  const dataset = { ...tinyDataset(), test: tinyDataset().validation };
  const events = await collect(runExperiment({ config: oneFigure(), dataset, out: newPath(), date }));
  expect(events[0]).toMatchObject({ validationImages: 40, testImages: 40, choosesByTest: true });
  const { directory, testLoss } = events.at(-1) as WrittenEvent;
  expect(testLoss).toBeUndefined(); // it is in the rows
  const report = textOf(directory, 'report.html');
  expect(report).toContain('200 training and 40 test images.');
  expect(report).toContain('The test images chose the epoch.');
  expect(report).toContain('<dt>test loss</dt>');
  expect(report).not.toContain('validation loss');
});

it('files are on disk when their event comes', async () => {
  const path = newPath();
  for await (const event of runExperiment({ config: tinyConfig(), dataset: tinyDataset(), out: path })) {
    if (event.type === 'start') expect(existsSync(join(path, 'config.json'))).toBe(true);
    if (event.type === 'checkpoint') {
      expect(linesOf(path)).toHaveLength(event.checkpoint.progress.history.length);
      expect((await loadCheckpoint(path)).progress).toEqual(event.checkpoint.progress);
    }
    if (event.type === 'end') {
      expect(existsSync(join(path, 'model.safetensors'))).toBe(true);
      break; // the figures are not what is asked about
    }
  }
});

describe('options that no run can have make no folder', () => {
  const bad: [string, () => Partial<Parameters<typeof runExperiment>[0]>, string][] = [
    [
      'a config with an unknown field',
      () => ({ config: { ...tinyConfig(), epoch: 3 } as ExperimentConfig }),
      'E_CONFIG',
    ],
    ['a config with a field out of range', () => ({ config: tinyConfig({ latentDim: 0 }) }), 'E_CONFIG'],
    ['a batch larger than the data', () => ({ config: tinyConfig({}, { batchSize: 201 }) }), 'E_RANGE'],
    ['a smoothing of 0', () => ({ smoothing: 0 }), 'E_RANGE'],
    ['a smoothing of 1.5', () => ({ smoothing: 1.5 }), 'E_RANGE'],
    [
      'validation images of another shape',
      () => {
        const { train, ...rest } = tinyDataset();
        const shape = { height: 1, width: 1, channels: 1 };
        return { dataset: { ...rest, train, validation: { shape, count: 2, images: new Uint8Array(2) } } };
      },
      'E_SHAPE',
    ],
  ];

  it.each(bad)('%s', async (_, options, code) => {
    const out = newPath();
    const run = runExperiment({ config: tinyConfig(), dataset: tinyDataset(), out, ...options() });
    await expect(run.next()).rejects.toMatchObject({ code });
    expect(existsSync(out)).toBe(false);
  });
});
