import { createHash } from 'node:crypto';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createAccelerator, startWasmBackend } from '@latentkit/backend';
import type { NamedArrays } from '@latentkit/core';
import { fromArrays } from '@latentkit/datasets';
import { createModel } from '@latentkit/models';
import { train } from '@latentkit/trainers';
import { describe, expect, it } from 'vitest';
import { modelSpecOf } from '../model-spec-of.ts';
import { readCheckpoint } from '../store/read-saved-run.ts';
import { collect } from '../testing/collect.ts';
import { tempDirectory } from '../testing/temp-directory.ts';
import { loadCheckpoint, loadRun } from './load-run.ts';
import { resumeExperiment } from './resume-experiment.ts';
import { runFolder } from './run-folder.ts';

const fixture = (name: string) => new URL(`../../fixtures/run-v1/${name}`, import.meta.url);
const expected = JSON.parse(readFileSync(fixture('expected.json'), 'utf8'));
const root = tempDirectory();
const SHAPE = { height: 4, width: 4, channels: 1 };

const dataset = () =>
  fromArrays(new Uint8Array(readFileSync(fixture('images.bin'))), SHAPE, {
    validationFraction: 0.2,
    seed: 3,
  });

describe.each(['dense', 'conv'])('the %s run of version 1', (name) => {
  const directory = fixture(name).pathname;

  it('loads, encodes, decodes and samples to the bytes of the Latentkit that made it', async () => {
    const run = await loadRun(directory);
    const { mean, logVar } = run.encode(dataset().validation.images);
    expect({
      epoch: run.epoch,
      ...{ mean: hash([mean]), logVar: hash([logVar!]), decoded: hash([run.decode(mean)]) },
      samples: hash([run.sample({ count: 5, seed: 9 })]),
    }).toEqual({ ...expected[name], resumed: undefined });
    run.dispose();
  });

  it.each([0, 2])('resumes from its half epoch to the same bytes, on %d workers', async (workers) => {
    const [{ config, dispose }, checkpoint] = [await loadRun(directory), await loadCheckpoint(directory)];
    dispose();
    await startWasmBackend();
    const accelerator = workers > 0 ? await createAccelerator({ workers }) : undefined;
    const model = createModel(modelSpecOf(config, SHAPE));
    const options = { model, dataset: dataset(), ...config.training, checkpoint, accelerator };
    const events = await collect(train(options)).finally(() => accelerator?.close());
    const end = events.find((event) => event.type === 'end')!;
    const last = events.findLast((event) => event.type === 'checkpoint')!.checkpoint;
    expect({
      ...{ epoch: end.epoch, reason: end.reason, weights: hashAll(end.weights) },
      checkpoint: {
        step: last.progress.step,
        ...{ weights: hashAll(last.weights), slots: hashAll(last.slots) },
      },
    }).toEqual(expected[name].resumed);
  });

  it('is gone on with in its folder, to the same bytes', async () => {
    const copy = join(root, name);
    cpSync(directory, copy, { recursive: true });
    const events = resumeExperiment({ directory: copy, dataset: dataset(), eager: true });
    for await (const event of events) {
      if (event.type === 'start') {
        expect(event.notes).toEqual([
          `${copy} does not say what data it was made with: these were not compared`,
        ]);
      }
      if (event.type === 'end') break;
    }
    const { epoch, weights, dispose } = await loadRun(copy);
    dispose();
    const { progress, ...last } = await loadCheckpoint(copy);
    expect({ epoch, weights: hashAll(weights), step: progress.step, last: hashAll(last.weights) }).toEqual({
      ...{ epoch: expected[name].resumed.epoch, weights: expected[name].resumed.weights },
      ...{ step: expected[name].resumed.checkpoint.step, last: expected[name].resumed.checkpoint.weights },
    });
  });
});

it('a schedule of version 1 that lasted as long as the run reaches its end after the last epoch, as it did', async () => {
  const copy = join(root, 'schedule');
  cpSync(fixture('conv').pathname, copy, { recursive: true });
  const file = join(copy, 'config.json');
  const beta = '{ "type": "linear", "from": 0, "to": 1 }';
  writeFileSync(file, readFileSync(file, 'utf8').replace('"beta": 1', `"beta": ${beta}`));
  const { config } = await readCheckpoint(runFolder(copy));
  expect(config.training.beta).toMatchObject({ epochs: config.training.epochs });
});

/** SHA-256 of the arrays' bytes, one after another. */
function hash(arrays: readonly ArrayBufferView[]): string {
  const digest = createHash('sha256');
  for (const { buffer, byteOffset, byteLength } of arrays) {
    digest.update(new Uint8Array(buffer, byteOffset, byteLength));
  }
  return digest.digest('hex');
}

/** The same of named arrays, in the order of their names. */
function hashAll(arrays: NamedArrays): string {
  const names = Object.keys(arrays).sort();
  return hash(names.map((name) => arrays[name]!.data as Float32Array));
}
