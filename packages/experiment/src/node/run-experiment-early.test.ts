import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startWasmBackend } from '@latentkit/backend';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ExperimentConfig } from '../config-schema.ts';
import { collect } from '../testing/collect.ts';
import { FOLDERS_AND_CHECKPOINT, filesOf, linesOf } from '../testing/read-run.ts';
import { tempDirectory } from '../testing/temp-directory.ts';
import { tinyConfig, tinyDataset } from '../testing/tiny-run.ts';
import { trainRun } from '../testing/train-run.ts';
import { loadCheckpoint } from './load-run.ts';
import { runExperiment } from './run-experiment.ts';
import type { ExperimentEvent } from './write-run.ts';

const root = tempDirectory();
let runs = 0;
const newPath = () => join(root, `run-${runs++}`);

beforeAll(() => startWasmBackend());

describe('an aborted run', () => {
  async function abortAt(when: (event: ExperimentEvent) => boolean) {
    const path = newPath();
    const controller = new AbortController();
    const events: ExperimentEvent[] = [];
    const config = tinyConfig({}, { epochs: 5 });
    for await (const event of runExperiment({
      config,
      dataset: tinyDataset(),
      out: path,
      signal: controller.signal,
    })) {
      events.push(event);
      if (when(event)) controller.abort();
    }
    return { path, events };
  }

  it('keeps a checkpoint of where it stands and the model so far, and has no report', async () => {
    const { path, events } = await abortAt(
      (event) => event.type === 'step' && event.epoch === 2 && event.batch === 3,
    );
    expect(filesOf(path)).toEqual(
      [...FOLDERS_AND_CHECKPOINT, 'end.json', 'model.json', 'model.safetensors'].sort(),
    );
    const { progress } = await loadCheckpoint(path);
    expect(progress).toMatchObject({ epoch: 1, batch: 3, step: 7 });
    expect(linesOf(path)).toHaveLength(1);
    expect(events.at(-1)).toMatchObject({ type: 'end', reason: 'aborted', epoch: 1 });
  });

  it('does so in its first epoch too', async () => {
    const { path } = await abortAt((event) => event.type === 'start');
    expect(filesOf(path)).toEqual(
      [...FOLDERS_AND_CHECKPOINT, 'end.json', 'model.json', 'model.safetensors'].sort(),
    );
    expect(linesOf(path)).toEqual([]);
  });

  it('leaves no tensors when its reader leaves', async () => {
    const before = tf.memory().numTensors;
    for await (const event of runExperiment({
      config: tinyConfig(),
      dataset: tinyDataset(),
      out: newPath(),
    })) {
      if (event.type === 'step') break;
    }
    expect(tf.memory().numTensors).toBe(before);
  });
});

it('a run that comes to NaN keeps its last checkpoint, and no model', async () => {
  const path = newPath();
  const learningRate = { type: 'exponential', from: 0.01, rate: 1e30 } as const;
  const config = tinyConfig({}, { epochs: 3, optimizer: { name: 'sgd' }, learningRate });
  let checkpoint: unknown;
  const run = async () => {
    for await (const event of runExperiment({ config, dataset: tinyDataset(), out: path })) {
      if (event.type === 'checkpoint') ({ checkpoint } = event);
    }
  };
  await expect(run()).rejects.toMatchObject({ code: 'E_NOT_FINITE' });
  expect(filesOf(path)).toEqual(FOLDERS_AND_CHECKPOINT);
  const kept = await loadCheckpoint(path);
  expect(kept).toEqual(checkpoint);
  expect(kept.progress.epoch).toBe(1);
  for (const { data } of Object.values(kept.weights)) expect(data.every(Number.isFinite)).toBe(true);
});

describe('a run by force that comes to no epoch leaves the old one as it was', () => {
  const bytesOf = (path: string) =>
    Object.fromEntries(
      filesOf(path)
        .filter((name) => name.includes('.'))
        .map((name) => [name, readFileSync(join(path, name), 'latin1')]),
    );
  let path: string;
  let before: Record<string, string>;
  beforeAll(async () => {
    path = newPath();
    await trainRun({ out: path });
    // What a finished run has besides: whatever it says, it stays.
    writeFileSync(join(path, 'figures', 'samples.svg'), '<svg/>');
    writeFileSync(join(path, 'report.html'), '<p>old</p>');
    before = bytesOf(path);
  });
  const again = (training: Partial<ExperimentConfig['training']>, signal?: AbortSignal) =>
    runExperiment({
      ...{ config: tinyConfig({}, training), dataset: tinyDataset(), out: path, force: true, signal },
    });

  it('when its loss becomes NaN, and says so', async () => {
    const learningRate = 1e30;
    const run = collect(again({ optimizer: { name: 'sgd' }, learningRate }));
    await expect(run).rejects.toMatchObject({
      code: 'E_NOT_FINITE',
      message: expect.stringContaining(`The run that was in ${path} is as it was`),
    });
    expect(bytesOf(path)).toEqual(before);
  });

  it('when it is stopped, with an event', async () => {
    const controller = new AbortController();
    const types: string[] = [];
    for await (const event of again({}, controller.signal)) {
      types.push(event.type);
      if (event.type === 'step') controller.abort();
    }
    expect(types).toEqual(['start', 'step', 'checkpoint', 'end', 'discarded']);
    expect(bytesOf(path)).toEqual(before);
  });

  it('when its reader leaves', async () => {
    for await (const event of again({})) if (event.type === 'step') break;
    expect(bytesOf(path)).toEqual(before);
  });
});

it('a first run that comes to NaN in its first epoch leaves nothing, and promises nothing', async () => {
  const path = newPath();
  const config = tinyConfig({}, { optimizer: { name: 'sgd' }, learningRate: 1e30 });
  const run = collect(runExperiment({ config, dataset: tinyDataset(), out: path }));
  const error = await run.then(
    () => undefined,
    (caught: Error) => caught,
  );
  expect(error).toMatchObject({ code: 'E_NOT_FINITE' });
  expect(error!.message).not.toMatch(/checkpoint|intact/);
  expect(existsSync(path)).toBe(false);
});

it('a run whose folder is deleted meanwhile ends with its name, and writes nothing elsewhere', async () => {
  const path = newPath();
  const run = async () => {
    for await (const event of runExperiment({ config: tinyConfig(), dataset: tinyDataset(), out: path })) {
      if (event.type === 'epoch') rmSync(path, { recursive: true });
    }
  };
  await expect(run()).rejects.toMatchObject({
    code: 'E_IO',
    message: `${path} was deleted, moved or replaced while its run was written. Leave the folder of a run where it is; nothing was written anywhere else`,
  });
  expect(existsSync(path)).toBe(false);
});
