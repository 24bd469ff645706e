import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { digestSha256 } from '@latentkit/formats';
import { expect, test } from 'vitest';
import type { ExperimentConfig } from '../config-schema.ts';
import { collect } from '../testing/collect.ts';
import { tempDirectory } from '../testing/temp-directory.ts';
import { TINY_AUTOENCODER, tinyConfig, tinyDataset } from '../testing/tiny-run.ts';
import { runExperiment } from './run-experiment.ts';
import { trainTrial } from './train-trial.ts';

const directory = tempDirectory();
const at = (name: string) => join(directory, name);
const dataset = tinyDataset();
const train = (config: ExperimentConfig, folder: string, epochs: number, more = {}) =>
  trainTrial({ ...{ config, dataset, folder: at(folder), epochs, judge: 'elbo', workers: 1 }, ...more });

const withOneFigure = (config: ExperimentConfig): ExperimentConfig => ({
  ...config,
  figures: [{ name: 'loss-curves' }],
});

test('a trial trained in pieces has the bytes of an unbroken run, schedules and all', async () => {
  const config = withOneFigure(
    tinyConfig(
      {},
      {
        epochs: 4,
        learningRate: { type: 'cosine', from: 0.02, to: 0.001 },
        beta: { type: 'linear', from: 0, to: 2, epochs: 3 },
      },
    ),
  );
  const first = await train(config, 'rung-1', 1);
  expect(first).toMatchObject({ epochs: 1, keptEpoch: 1 });
  expect(first.value).toBe(first.reconstruction! + first.kl!);
  const heard: number[] = [];
  const onEpoch = (epoch: number) => void heard.push(epoch);
  let steps = 0;
  const onStep = () => void steps++;
  const second = await train(config, 'rung-2', 3, { from: at('rung-1'), onEpoch, onStep });
  expect(heard).toEqual([2, 3]);
  expect(steps).toBe(2 * Math.ceil(dataset.train.count / config.training.batchSize));
  expect(second.values[0]).toBe(first.values[0]);
  const last = await train(config, 'rung-3', 4, { from: at('rung-2') });
  const whole = await train(config, 'trial', 4);
  expect(last).toEqual(whole);
  await collect(runExperiment({ config, dataset, out: at('whole'), workers: 1 }));
  for (const file of ['model.safetensors', 'model.json', 'config.json']) {
    expect(readFileSync(join(at('rung-3'), file)).equals(readFileSync(join(at('whole'), file)))).toBe(true);
  }
  const weights = readFileSync(join(at('whole'), 'model.safetensors'));
  expect(await digestSha256(weights)).toBe(last.weights);
});

test('a run that is at its end gets its figures and its report later, and the same result', async () => {
  const config = withOneFigure(tinyConfig());
  const plain = await train(config, 'plain', 2);
  const reported = await train(config, 'reported', 2, { from: at('plain'), isReported: true });
  expect(reported).toEqual(plain);
  expect(readFileSync(join(at('reported'), 'report.html'), 'utf8')).toContain('<html');
  expect(() => readFileSync(join(at('plain'), 'report.html'))).toThrow();
});

test('a trial that is asked for what it has done already is not trained further', async () => {
  const config = tinyConfig({}, { epochs: 3 });
  const first = await train(config, 'once', 1);
  expect(await train(config, 'once-more', 1, { from: at('once') })).toEqual(first);
  const second = await train(config, 'twice', 2, { from: at('once') });
  expect(second.epochs).toBe(2);
  await expect(train(config, 'back', 1, { from: at('twice') })).rejects.toThrow(
    'trained beyond epoch 1 already',
  );
});

test('what stops early is as it is, whoever asks for more', async () => {
  const config = tinyConfig({}, { epochs: 9, learningRate: 1, earlyStopping: { patience: 0 } });
  const early = await train(config, 'early', 8);
  expect(early.epochs).toBeLessThan(8);
  expect(await train(config, 'early-on', 9, { from: at('early') })).toEqual(early);
});

test('training that becomes NaN is a bad trial, not an error', async () => {
  const likelihood = { type: 'gaussian', output: 'linear', sigma: 1 } as const;
  const config = tinyConfig({ likelihood } as never, {
    learningRate: 1e30,
    optimizer: { name: 'sgd' } as never,
  });
  const result = await train(config, 'nan', 2);
  expect(result).toMatchObject({ value: null, keptEpoch: 0, weights: '' });
  expect(result.failure).toMatch(/not finite|NaN|infinite/i);
});

test('a judge that the objective does not know is told with those that it knows', async () => {
  await expect(train(tinyConfig(TINY_AUTOENCODER), 'judge', 1)).rejects.toThrow(
    /the judge 'elbo' adds valReconstruction and valKl.*Name one of them as judge: loss, reconstruction, valLoss/,
  );
  await expect(train(tinyConfig(), 'judged', 1, { judge: 'valLos' })).rejects.toThrow(
    "the judge 'valLos' is no column",
  );
});
