import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { encodeSafetensors } from '@latentkit/formats';
import { createModel } from '@latentkit/models';
import { beforeAll, describe, expect, it } from 'vitest';
import { tempDirectory } from '../testing/temp-directory.ts';
import { tinySpec } from '../testing/tiny-run.ts';
import { trainRun } from '../testing/train-run.ts';
import { evaluateRun } from './evaluate-run.ts';
import { loadCheckpoint, loadRun } from './load-run.ts';
import { LOCK_FILE } from './run-lock.ts';

const root = tempDirectory();

describe('a run that is damaged', () => {
  const whole = join(root, 'whole');
  beforeAll(async () => {
    await trainRun({ out: whole });
  });

  let copies = 0;
  function damaged(damage: (directory: string) => void): string {
    const directory = join(root, `damaged-${copies++}`);
    cpSync(whole, directory, { recursive: true });
    damage(directory);
    return directory;
  }
  const change = (name: string, edit: (bytes: Buffer) => string | Uint8Array) => (directory: string) =>
    writeFileSync(join(directory, name), edit(readFileSync(join(directory, name))));
  const editJson = (name: string, edit: (value: Record<string, unknown>) => unknown) =>
    change(name, (bytes) => JSON.stringify(edit(JSON.parse(bytes.toString()))));

  /** As Latentkits wrote it that did not name the weights. */
  const older = editJson('model.json', ({ weights: _, ...model }) => model);

  const cases: [string, (directory: string) => void, string, string][] = [
    ['no config.json', (path) => rmSync(join(path, 'config.json')), 'E_NOT_FOUND', 'holds no config.json'],
    ['no model.json', (path) => rmSync(join(path, 'model.json')), 'E_NOT_FOUND', 'holds no model.json'],
    [
      'no weights',
      (path) => rmSync(join(path, 'model.safetensors')),
      'E_NOT_FOUND',
      'holds no model.safetensors',
    ],
    [
      'half a config',
      change('config.json', (bytes) => bytes.subarray(0, 40)),
      'E_FORMAT',
      'config.json is not JSON',
    ],
    [
      'a config with a field of tomorrow',
      editJson('config.json', (config) => ({ ...config, tomorrow: 1 })),
      'E_CONFIG',
      'config.json: there is no field tomorrow',
    ],
    [
      'half a model.json',
      change('model.json', (bytes) => bytes.subarray(0, 9)),
      'E_FORMAT',
      'model.json is not JSON',
    ],
    [
      'a model.json nested without end',
      change('model.json', () => '['.repeat(1e5)),
      'E_FORMAT',
      'model.json: expected lists and objects at most 100 deep',
    ],
    [
      'a config in UTF-16',
      change('config.json', (bytes) => Buffer.from(`\ufeff${bytes}`, 'utf16le')),
      'E_FORMAT',
      'config.json: expected JSON in UTF-8, got UTF-16LE. Save it as UTF-8',
    ],
    [
      'a model.json of something else',
      change('model.json', () => '[]'),
      'E_FORMAT',
      'model.json: it must be an object, got a list',
    ],
    [
      'a model.json of a later version',
      editJson('model.json', (model) => ({ ...model, version: 9 })),
      'E_FORMAT',
      'model.json: expected version 2 at most, got 9: written by a newer Latentkit',
    ],
    ['weights cut off', change('model.safetensors', (bytes) => bytes.subarray(0, -5)), 'E_FORMAT', 'cut off'],
    [
      'weights of noise',
      change('model.safetensors', () => new Uint8Array(99).fill(255)),
      'E_FORMAT',
      'model.safetensors: parseSafetensors',
    ],
    [
      'weights of another run',
      change('model.safetensors', () => encodeSafetensors(createModel(tinySpec()).initialize(1))),
      'E_FORMAT',
      'model.safetensors: expected the weights that model.json was saved with',
    ],
    [
      'weights of another model, where none are named',
      (path) => {
        older(path);
        const weights = createModel(tinySpec({ latentDim: 4 })).initialize(1);
        writeFileSync(join(path, 'model.safetensors'), encodeSafetensors(weights));
      },
      'E_FORMAT',
      "model.safetensors: createTrainedModel: expected 'encoder.mean.kernel' to be [8, 2], got [8, 4]. These weights are of another model",
    ],
    [
      'weights that are not float32',
      change('model.safetensors', () => encodeSafetensors({ a: { shape: [1], data: new Float64Array(1) } })),
      'E_FORMAT',
      "expected 'a' to hold float32",
    ],
  ];

  it.each([
    [
      'NaN in its weights',
      change('model.safetensors', () => {
        const weights = createModel(tinySpec()).initialize(1);
        weights['decoder.output.bias']!.data[3] = Number.NaN;
        return encodeSafetensors(weights);
      }),
      'E_NOT_FINITE',
      "'decoder.output.bias' holds NaN at index 3",
    ],
    [
      'a config of another run',
      editJson('config.json', (config) => ({
        ...config,
        model: { ...(config.model as object), latentDim: 3 },
      })),
      'E_FORMAT',
      'files of two runs: latentDim is 3 in config.json and 2 in model.json',
    ],
    [
      'a damaged data.json',
      editJson('data.json', (data) => ({ ...data, train: 1 })),
      'E_FORMAT',
      'data.json: train must be an object, got 1',
    ],
    ...cases,
  ] as typeof cases)('%s', async (_, damage, code, message) => {
    await expect(loadRun(damaged(damage))).rejects.toMatchObject({
      code,
      message: expect.stringContaining(message),
    });
  });

  it('that does not name its weights, as older ones, loads', async () => {
    const run = await loadRun(damaged(older));
    expect(run.epoch).toBe(2);
    run.dispose();
  });

  it('is not there at all', async () => {
    await expect(loadRun(join(root, 'nowhere'))).rejects.toMatchObject({
      code: 'E_NOT_FOUND',
      message: expect.stringContaining('Name the folder that a finished run printed at its end'),
    });
  });

  it('is being trained, and has no model yet', async () => {
    const path = damaged((folder) => rmSync(join(folder, 'model.json')));
    writeFileSync(join(path, LOCK_FILE), JSON.stringify({ token: 'a', pid: 1, host: 'elsewhere', began: 0 }));
    for (const read of [loadRun, evaluateRun]) {
      await expect(read(path)).rejects.toThrow(
        'holds no model.json yet: it is being trained. Wait for its end',
      );
    }
  });

  it('has no checkpoint, or a damaged one', async () => {
    const name = join('checkpoint', 'checkpoint.safetensors');
    const missing = damaged((path) => rmSync(join(path, name)));
    await expect(loadCheckpoint(missing)).rejects.toMatchObject({ code: 'E_NOT_FOUND' });
    const broken = damaged(change(name, (bytes) => bytes.subarray(0, bytes.length / 2)));
    await expect(loadCheckpoint(broken)).rejects.toMatchObject({ code: 'E_FORMAT' });
  });

  it('has a checkpoint of another seed than its config', async () => {
    const other = damaged(
      editJson('config.json', (config) => ({
        ...config,
        training: { ...(config.training as object), seed: 1 },
      })),
    );
    await expect(loadCheckpoint(other)).rejects.toMatchObject({
      code: 'E_FORMAT',
      message: `${other}: files of two runs: seed 1 in config.json, 7 in the checkpoint`,
    });
  });

  it('has a folder where a file should be', async () => {
    const directory = damaged((path) => rmSync(join(path, 'model.json')));
    cpSync(join(directory, 'checkpoint'), join(directory, 'model.json'), { recursive: true });
    await expect(loadRun(directory)).rejects.toMatchObject({
      code: 'E_IO',
      message: expect.stringContaining('EISDIR'),
    });
  });
});
