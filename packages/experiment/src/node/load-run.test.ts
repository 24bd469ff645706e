import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Dataset } from '@latentkit/core';
import { limitImages } from '@latentkit/datasets';
import { encodeSafetensors } from '@latentkit/formats';
import { createModel, createTrainedModel } from '@latentkit/models';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ExperimentConfig } from '../config-schema.ts';
import { collect } from '../testing/collect.ts';
import { tempDirectory } from '../testing/temp-directory.ts';
import {
  DIGIT_SHAPE,
  TINY_AUTOENCODER,
  TINY_MODEL,
  tinyConfig,
  tinyDataset,
  tinySpec,
} from '../testing/tiny-run.ts';
import { checkRunData, loadCheckpoint, loadRun } from './load-run.ts';
import { runExperiment } from './run-experiment.ts';

const root = tempDirectory();

const MODELS: Record<'dense' | 'convolutional' | 'plain', ExperimentConfig['model']> = {
  dense: TINY_MODEL,
  convolutional: {
    ...TINY_MODEL,
    encoder: { type: 'conv', filters: [3, 4], hidden: [6], activation: 'relu' },
    decoder: { type: 'conv', filters: [4, 3], activation: 'relu' },
    likelihood: { type: 'gaussian', output: 'tanh', sigma: 'learned' },
  },
  plain: TINY_AUTOENCODER,
};

/** Trains in this process and answers with a model of the end's weights: what training itself computes. */
async function trainHere(name: keyof typeof MODELS) {
  const out = join(root, name);
  const config = tinyConfig(MODELS[name]);
  const events = await collect(runExperiment({ config, dataset: tinyDataset(), out }));
  const end = events.find((event) => event.type === 'end')!;
  return { out, end, trained: createTrainedModel({ ...MODELS[name], image: DIGIT_SHAPE }, end.weights) };
}

/** Loads a run in a process of its own, and answers with the bytes of everything it gives, as hex. */
function loadElsewhere(directory: string): Record<string, string> {
  const node = new URL('../node.ts', import.meta.url);
  const datasets = import.meta.resolve('@latentkit/datasets');
  const script = `
    const { loadRun } = await import('${node}');
    const { digitsDataset } = await import('${datasets}');
    const run = await loadRun(${JSON.stringify(directory)});
    const { images } = digitsDataset({ train: 1, validation: 40 }).validation;
    const hex = ({ buffer, byteOffset, byteLength }) => Buffer.from(buffer, byteOffset, byteLength).toString('hex');
    const { mean, logVar } = run.encode(images);
    const out = { mean: hex(mean), decoded: hex(run.decode(mean)), reconstructed: hex(run.reconstruct(images)) };
    if (logVar) Object.assign(out, { logVar: hex(logVar), samples: hex(run.sample({ count: 5, seed: 9 })) });
    out.epoch = String(run.epoch);
    process.stdout.write(JSON.stringify(out));`;
  const output = execFileSync(process.execPath, ['--input-type=module', '-e', script], {
    maxBuffer: 1 << 26,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return JSON.parse(output.toString());
}

const hex = ({ buffer, byteOffset, byteLength }: Float32Array) =>
  Buffer.from(buffer, byteOffset, byteLength).toString('hex');

describe.each(['dense', 'convolutional', 'plain'] as const)(
  'a %s run, loaded by a process of its own',
  (name) => {
    it('encodes, decodes, reconstructs and samples to the bytes that the training process has', async () => {
      const { out, end, trained } = await trainHere(name);
      const { images } = tinyDataset().validation;
      const { mean, logVar } = trained.encode(images);
      const expected = {
        mean: hex(mean),
        decoded: hex(trained.decode(mean)),
        reconstructed: hex(trained.reconstruct(images)),
        ...(logVar && { logVar: hex(logVar), samples: hex(trained.sample({ count: 5, seed: 9 })) }),
        epoch: String(end.epoch),
      };
      expect(loadElsewhere(out)).toEqual(expected);
    });
  },
);

describe('a run that is damaged', () => {
  const whole = join(root, 'whole');
  beforeAll(async () => {
    await collect(
      runExperiment({ config: tinyConfig({}, { epochs: 1 }), dataset: tinyDataset(), out: whole }),
    );
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
      'weights of another model',
      change('model.safetensors', () =>
        encodeSafetensors(createModel(tinySpec({ latentDim: 4 })).initialize(1)),
      ),
      'E_SHAPE',
      "expected 'encoder.mean.kernel' to be [8, 2], got [8, 4]. These weights are of another model",
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

  it('is not there at all', async () => {
    await expect(loadRun(join(root, 'nowhere'))).rejects.toMatchObject({
      code: 'E_NOT_FOUND',
      message: expect.stringContaining('Name the folder that a finished run printed at its end'),
    });
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
    cpSync(join(directory, 'figures'), join(directory, 'model.json'), { recursive: true });
    await expect(loadRun(directory)).rejects.toMatchObject({
      code: 'E_IO',
      message: expect.stringContaining('EISDIR'),
    });
  });
});

describe('what data a run was made with', () => {
  const out = join(root, 'data');
  const { train, validation } = tinyDataset();
  beforeAll(async () => {
    await collect(runExperiment({ config: tinyConfig({}, { epochs: 1 }), dataset: tinyDataset(), out }));
  });

  it('is in the run: name, number, shape and SHA-256', async () => {
    const run = await loadRun(out);
    run.dispose();
    expect(run.data).toMatchObject({
      name: 'digits',
      train: {
        ...{ count: 200, shape: DIGIT_SHAPE, type: 'uint8' },
        images: createHash('sha256').update(train.images).digest('hex'),
      },
      validation: { count: 40 },
    });
    expect(Object.keys(run.weights).sort()).toEqual(
      Object.keys(createModel(tinySpec()).parameterShapes).sort(),
    );
  });

  const changed = Uint8Array.from(train.images);
  changed[77]! ^= 1;
  const others: [string, Partial<Dataset>, RegExp][] = [
    [
      'a pixel',
      { train: { ...train, images: changed } },
      /train images with SHA-256 \w{12}\.\.\., got \w{12}/,
    ],
    [
      'the number of images',
      { validation: limitImages(validation, 9) },
      /validation images in number 40, got 9/,
    ],
    [
      'the labels',
      { train: { ...train, labels: new Uint8Array(200) } },
      /train images with labels of SHA-256/,
    ],
    [
      'the type',
      { train: { ...train, images: new Float32Array(200 * 784) } },
      /train images as uint8, got float32/,
    ],
  ];
  it.each(others)('and others are refused, that differ in %s', async (_, part, message) => {
    await checkRunData(out, tinyDataset());
    const check = checkRunData(out, { ...tinyDataset(), ...part });
    await expect(check).rejects.toMatchObject({ code: 'E_USAGE', message: expect.stringMatching(message) });
  });
});
