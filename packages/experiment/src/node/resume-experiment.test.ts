import { appendFileSync, cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startWasmBackend } from '@latentkit/backend';
import type { Dataset } from '@latentkit/core';
import { limitImages } from '@latentkit/datasets';
import type { StartEvent } from '@latentkit/trainers';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ExperimentConfig } from '../config-schema.ts';
import { RUN_FILES } from '../files/run-files.ts';
import { collect } from '../testing/collect.ts';
import { filesOf, linesOf } from '../testing/read-run.ts';
import { tempDirectory } from '../testing/temp-directory.ts';
import { TINY_AUTOENCODER, tinyConfig, tinyDataset } from '../testing/tiny-run.ts';
import { resumeExperiment } from './resume-experiment.ts';
import { runExperiment } from './run-experiment.ts';
import { lockFolder } from './run-lock.ts';
import type { ExperimentEvent, WriteRunOptions } from './write-run.ts';

beforeAll(() => startWasmBackend());

const root = tempDirectory();
const dataset = tinyDataset();
const date = () => new Date('2026-01-02T03:04:05Z');
let runs = 0;
const newPath = () => join(root, `run-${runs++}`);
const figures = [{ name: 'loss-curves' }] as const;
const quick = (training: Partial<ExperimentConfig['training']> = {}): ExperimentConfig => ({
  ...tinyConfig({}, { epochs: 4, ...training }),
  figures,
});

/** What must not differ: weights, and rows but for their seconds. */
function outcomeOf(run: string) {
  const rows = linesOf(run).map((line) => {
    const { seconds: _, ...row } = JSON.parse(line);
    return row;
  });
  return { rows, weights: readFileSync(join(run, RUN_FILES.weights), 'hex') };
}

/** A run up to its `steps`th step or so many epochs, left as a process that dies leaves it; but for its lock, which its end takes away. */
async function broken(
  config: ExperimentConfig,
  { steps = 0, epochs = 0 }: { steps?: number; epochs?: number },
  options: WriteRunOptions = {},
): Promise<string> {
  const out = newPath();
  let told = 0;
  for await (const event of runExperiment({
    ...{ config, dataset, out, eager: true },
    checkpointMinutes: 1e-9,
    ...options,
  })) {
    if (event.type === 'step' && steps > 0 && ++told === steps + 1) break; // the step before has its checkpoint
    if (event.type === 'checkpoint' && epochs > 0 && event.checkpoint.progress.epoch === epochs) break;
  }
  return out;
}

/** Until training is over: most of a tiny run's time is its figures'. */
async function untilEnd(events: AsyncIterable<ExperimentEvent>): Promise<ExperimentEvent[]> {
  const told: ExperimentEvent[] = [];
  for await (const event of events) {
    told.push(event);
    if (event.type === 'end') break;
  }
  return told;
}

async function finished(config: ExperimentConfig): Promise<string> {
  const out = newPath();
  await collect(runExperiment({ config, dataset, out, date, eager: true }));
  return out;
}

const known = new Map<string, Promise<ReturnType<typeof outcomeOf>>>();
/** What a config's run comes to, uninterrupted. */
function wholeOutcome(config: ExperimentConfig) {
  const train = async () => {
    const out = newPath();
    await untilEnd(runExperiment({ config, dataset, out, eager: true }));
    return outcomeOf(out);
  };
  const key = JSON.stringify(config);
  const outcome = known.get(key) ?? train();
  known.set(key, outcome);
  return outcome;
}

const resume = (directory: string, options: object = {}) =>
  resumeExperiment({ directory, dataset, date, eager: true, ...options });
const resumed = (directory: string, options: object = {}) => untilEnd(resume(directory, options));
const startOf = (events: readonly ExperimentEvent[]) => events[0] as StartEvent;

describe('goes on to the bytes of the uninterrupted run', () => {
  const cases: [string, ExperimentConfig, Parameters<typeof broken>[1], object][] = [
    ['in the first epoch', quick(), { steps: 2 }, { eager: false, workers: 1 }],
    ['in a later epoch, on one thread more', quick(), { steps: 6 }, { eager: false, workers: 2 }],
    ['after an epoch, step by step', quick(), { epochs: 2 }, {}],
    [
      'with early stopping, a plateau and schedules',
      quick({
        epochs: 6,
        learningRate: { type: 'cosine', from: 0.05, to: 0.001 },
        beta: { type: 'linear', from: 0, to: 2 },
        earlyStopping: { patience: 3 },
        reduceOnPlateau: { factor: 0.5, patience: 0 },
        binarize: 'dynamic',
      }),
      { steps: 10 },
      { eager: false, workers: 1 },
    ],
  ];
  it.each(cases)('%s', async (_, config, at, options) => {
    const path = await broken(config, at);
    const events = await resumed(path, options);
    expect(outcomeOf(path)).toEqual(await wholeOutcome(config));
    expect(startOf(events).resumes).toEqual({
      epoch: at.epochs ?? Math.floor(at.steps! / 4),
      batch: (at.steps ?? 0) % 4,
    });
  });
});

it('killed after its last epoch, gets what a finished run has, and is finished then', async () => {
  const path = await broken(quick(), { epochs: 4 });
  const events = await collect(resume(path));
  expect(events.map(({ type }) => type)).toEqual(['start', 'end', 'written']);
  expect(filesOf(path)).toEqual(filesOf(await finished(quick())));
  expect(outcomeOf(path)).toEqual(await wholeOutcome(quick()));
  await expect(resumed(path)).rejects.toThrow('this run is finished: its 4 epochs are done');
});

it('a data.json that was deleted is there again', async () => {
  const path = await broken(quick(), { epochs: 2 });
  const file = join(path, RUN_FILES.data);
  const before = readFileSync(file, 'utf8');
  rmSync(file);
  expect(startOf(await resumed(path)).notes).toEqual([]);
  expect(readFileSync(file, 'utf8')).toBe(before);
});

it('takes up after a stop, whose model and end are written anew', async () => {
  const config = quick();
  const out = newPath();
  const stop = new AbortController();
  for await (const event of runExperiment({ config, dataset, out, eager: true, signal: stop.signal })) {
    if (event.type === 'step' && event.step === 6) stop.abort();
  }
  await resumed(out);
  expect(outcomeOf(out)).toEqual(await wholeOutcome(config));
});

it('drops rows beyond the checkpoint, whole or half written', async () => {
  const config = quick();
  const path = await broken(config, { epochs: 2 });
  const [, second] = linesOf(path);
  appendFileSync(
    join(path, RUN_FILES.metrics),
    `${second!.replace('"epoch":2', '"epoch":3')}\n{"epoch":4,"lo`,
  );
  appendFileSync(join(path, RUN_FILES.table), '3,1,2\n4,');
  await resumed(path);
  expect(outcomeOf(path)).toEqual(await wholeOutcome(config));
  expect(readFileSync(join(path, RUN_FILES.table), 'utf8').split('\n')).toHaveLength(6);
});

describe('with other epochs', () => {
  it('a finished run goes on as if it had been longer', async () => {
    const path = await finished(quick({ epochs: 2 }));
    const events = await resumed(path, { epochs: 4 });
    expect(startOf(events).notes).toEqual([]);
    expect(outcomeOf(path)).toEqual(await wholeOutcome(quick()));
    expect(JSON.parse(readFileSync(join(path, RUN_FILES.config), 'utf8'))).toEqual(quick());
  });

  it('schedules keep the length that they had, and the config says so: its own run has the same bytes', async () => {
    const config = {
      ...quick({ epochs: 3, learningRate: { type: 'cosine', from: 0.05, to: 0.001 } }),
      objective: { type: 'elbo', beta: { type: 'linear', from: 0, to: 2 } },
    } as const;
    const path = await broken(config, { steps: 6 });
    const events = await resumed(path, { epochs: 5 });
    expect(startOf(events).notes).toEqual([
      'objective.beta and training.learningRate lasted as long as the run: they keep the length of its 3 epochs, and their end from then to epoch 5',
    ]);
    const rewritten = JSON.parse(readFileSync(join(path, RUN_FILES.config), 'utf8'));
    expect(rewritten.training).toMatchObject({ epochs: 5, learningRate: { epochs: 3 } });
    expect(rewritten.objective.beta).toEqual({ type: 'linear', from: 0, to: 2, epochs: 2 });
    expect(outcomeOf(path)).toEqual(await wholeOutcome(rewritten));
  });

  it('fewer than planned leave schedules as they were, too', async () => {
    const config = quick({ learningRate: { type: 'cosine', from: 0.05, to: 0.001 } });
    const path = await broken(config, { epochs: 1 });
    expect(startOf(await resumed(path, { epochs: 2 })).notes).toEqual([
      'training.learningRate lasted as long as the run: it keeps the length of its 4 epochs, of which the run has 2',
    ]);
    expect(outcomeOf(path).rows).toEqual((await wholeOutcome(config)).rows.slice(0, 2));
  });

  it('a kill between the new config and the next checkpoint changes nothing', async () => {
    const config = quick({ epochs: 3, learningRate: { type: 'cosine', from: 0.05, to: 0.001 } });
    const path = await broken(config, { epochs: 2 });
    for await (const { type } of resume(path, { epochs: 5 })) if (type === 'start') break;
    await resumed(path);
    const rewritten = JSON.parse(readFileSync(join(path, RUN_FILES.config), 'utf8'));
    expect(rewritten.training).toMatchObject({ epochs: 5, learningRate: { epochs: 3 } });
    expect(outcomeOf(path)).toEqual(await wholeOutcome(rewritten));
  });

  it('epochs edited into its config by hand are as good as asked for', async () => {
    const config = quick({ epochs: 3, learningRate: { type: 'linear', from: 0.05, to: 0.001 } });
    const path = await broken(config, { epochs: 2 });
    const file = join(path, RUN_FILES.config);
    writeFileSync(file, readFileSync(file, 'utf8').replace('"epochs": 3', '"epochs": 5'));
    await resumed(path);
    expect(JSON.parse(readFileSync(file, 'utf8')).training.learningRate.epochs).toBe(3);
  });

  it('is refused where those done were compared by a weight that moves on', async () => {
    const path = await broken(quick({ epochs: 3, beta: { type: 'exponential', from: 1, rate: 2 } }), {
      epochs: 2,
    });
    await expect(resumed(path, { epochs: 5 })).rejects.toMatchObject({
      code: 'E_USAGE',
      message: expect.stringContaining(
        'weight.kl would end at 16 after 5 epochs, and those done were compared by 4',
      ),
    });
  });
});

describe('refuses, and changes nothing:', () => {
  let path: string;
  let before: Record<string, string>;
  const bytes = () =>
    Object.fromEntries(
      filesOf(path)
        .filter((name) => name.includes('.'))
        .map((name) => [name, readFileSync(join(path, name), 'latin1')]),
    );
  beforeAll(async () => {
    path = await broken(quick(), { steps: 9 });
    before = bytes();
  });
  const refusal = async (options: object, code: string, words: string, directory = path) => {
    await expect(resumed(directory, options)).rejects.toMatchObject({
      code,
      message: expect.stringContaining(words),
    });
    expect(bytes()).toEqual(before);
  };

  it('other data', () =>
    refusal(
      { dataset: { ...dataset, train: limitImages(dataset.train, 199) } as Dataset },
      'E_USAGE',
      'expected train images in number 200, got 199',
    ));
  it('a config of somebody who believes it another', () =>
    refusal(
      { config: quick({ batchSize: 64 }) },
      'E_USAGE',
      'expected training.batchSize 50, got 64. Leave that out, or train anew',
    ));
  it('other data where data.json was deleted, which the checkpoint knows, too', async () => {
    const copy = newPath();
    cpSync(path, copy, { recursive: true });
    rmSync(join(copy, RUN_FILES.data));
    const others = { dataset: { ...dataset, train: limitImages(dataset.train, 199) } as Dataset };
    await refusal(others, 'E_USAGE', 'expected train images in number 200, got 199', copy);
  });
  it('a data.json of another run', async () => {
    const copy = newPath();
    cpSync(path, copy, { recursive: true });
    const file = join(copy, RUN_FILES.data);
    writeFileSync(file, readFileSync(file, 'utf8').replace('"count": 200', '"count": 199'));
    const words = 'the checkpoint was taken with other data than data.json says. Put the run';
    await refusal({}, 'E_FORMAT', words, copy);
  });
  it('fewer epochs than are done', () =>
    refusal({ epochs: 1 }, 'E_USAGE', 'expected at least the 2 epochs that are done, got 1'));
  it('epochs and minutes that are none', async () => {
    await refusal({ epochs: 0 }, 'E_RANGE', 'epochs must be a whole number');
    await refusal({ checkpointMinutes: -1 }, 'E_RANGE', 'checkpointMinutes must be a number above 0, got -1');
  });
  it('a folder that is no run, and one that is not there', async () => {
    mkdirSync(join(root, 'empty'));
    await refusal({}, 'E_NOT_FOUND', 'holds no run to go on with', join(root, 'empty'));
    await refusal({}, 'E_NOT_FOUND', `there is no folder ${join(root, 'none')}`, join(root, 'none'));
  });
  it('a run that another process writes', async () => {
    const copy = newPath();
    cpSync(path, copy, { recursive: true });
    const lock = await lockFolder(copy);
    await refusal({}, 'E_EXISTS', 'is being written by another run', copy);
    await lock.release();
  });
  it.each<[string, (config: ExperimentConfig) => object, string]>([
    [
      'its batch size',
      ({ training }) => ({ training: { ...training, batchSize: 25 } }),
      'training.batchSize 50, got 25',
    ],
    [
      'its clip',
      ({ training }) => ({ training: { ...training, clip: { norm: 1 } } }),
      'training.clip.norm nothing, got 1',
    ],
    [
      'its likelihood',
      () => ({
        model: { ...TINY_AUTOENCODER, kind: 'vae', likelihood: { type: 'squaredError', output: 'sigmoid' } },
      }),
      'model.likelihood.type "bernoulli", got "squaredError"',
    ],
    [
      'its samples',
      () => ({ objective: { type: 'iwae', samples: 3 } }),
      'objective.type nothing, got "iwae"',
    ],
  ])('a config.json of which %s was changed', async (_, change, words) => {
    const copy = newPath();
    cpSync(path, copy, { recursive: true });
    const config = quick();
    writeFileSync(join(copy, RUN_FILES.config), JSON.stringify({ ...config, ...change(config) }));
    await refusal({}, 'E_USAGE', `config.json was changed: expected ${words}. Put it back`, copy);
  });
});

it('a run that came to no checkpoint has nothing to go on from', async () => {
  const path = await broken(quick(), { steps: 3 });
  rmSync(join(path, RUN_FILES.checkpoint));
  await expect(resumed(path)).rejects.toMatchObject({
    code: 'E_NOT_FOUND',
    message: `${path}: this run came to no checkpoint: there is nothing to go on from. Train it anew, or go on from a model that is there in a new run: train --from`,
  });
});

it('a run that stopped early is finished, whatever epochs are asked for', async () => {
  const early = await finished(quick({ epochs: 50, learningRate: 0.3, earlyStopping: { patience: 0 } }));
  await expect(resumed(early, { epochs: 60 })).rejects.toThrow('this run stopped early, after epoch');
  expect(existsSync(join(early, RUN_FILES.report))).toBe(true);
});

it('a stop before anything is done leaves all as it was', async () => {
  const path = await broken(quick(), { steps: 6 });
  const rows = linesOf(path);
  const events = await resumed(path, { signal: AbortSignal.abort() });
  expect(events.map(({ type }) => type)).toEqual(['start', 'checkpoint', 'end']);
  expect(linesOf(path)).toEqual(rows);
  await resumed(path);
  expect(outcomeOf(path)).toEqual(await wholeOutcome(quick()));
});
