import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { createTrainedModel } from '@latentkit/models';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ExperimentConfig } from '../config-schema.ts';
import { tempDirectory } from '../testing/temp-directory.ts';
import { DIGIT_SHAPE, TINY_AUTOENCODER, TINY_MODEL, tinyConfig, tinyDataset } from '../testing/tiny-run.ts';
import { trainRun } from '../testing/train-run.ts';

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
const NAMES = ['dense', 'convolutional', 'plain'] as const;

const hex = ({ buffer, byteOffset, byteLength }: Float32Array) =>
  Buffer.from(buffer, byteOffset, byteLength).toString('hex');

/** Trains in this process and answers with what a model of the end's weights gives: what training itself computes. */
async function trainHere(name: keyof typeof MODELS): Promise<Record<string, string>> {
  const end = await trainRun({ config: tinyConfig(MODELS[name]), out: join(root, name) });
  const trained = createTrainedModel({ ...MODELS[name], image: DIGIT_SHAPE }, end.weights);
  const { images } = tinyDataset().validation;
  const { mean, logVar } = trained.encode(images);
  return {
    mean: hex(mean),
    decoded: hex(trained.decode(mean)),
    reconstructed: hex(trained.reconstruct(images)),
    ...(logVar && { logVar: hex(logVar), samples: hex(trained.sample({ count: 5, seed: 9 })) }),
    epoch: String(end.epoch),
  };
}

/** Loads the runs in a process that trained none, and answers with the bytes of everything they give, as hex. */
function loadElsewhere(): Record<string, Record<string, string>> {
  const node = new URL('../node.ts', import.meta.url);
  const datasets = import.meta.resolve('@latentkit/datasets');
  const script = `
    const { loadRun } = await import('${node}');
    const { digitsDataset } = await import('${datasets}');
    const { images } = digitsDataset({ train: 1, validation: 40 }).validation;
    const hex = ({ buffer, byteOffset, byteLength }) => Buffer.from(buffer, byteOffset, byteLength).toString('hex');
    const loaded = {};
    for (const [name, directory] of ${JSON.stringify(NAMES.map((name) => [name, join(root, name)]))}) {
      const run = await loadRun(directory);
      const { mean, logVar } = run.encode(images);
      const out = { mean: hex(mean), decoded: hex(run.decode(mean)), reconstructed: hex(run.reconstruct(images)) };
      if (logVar) Object.assign(out, { logVar: hex(logVar), samples: hex(run.sample({ count: 5, seed: 9 })) });
      loaded[name] = { ...out, epoch: String(run.epoch) };
      run.dispose();
    }
    process.stdout.write(JSON.stringify(loaded));`;
  const output = execFileSync(process.execPath, ['--input-type=module', '-e', script], {
    maxBuffer: 1 << 26,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return JSON.parse(output.toString());
}

describe('loaded by another process', () => {
  const trained: Record<string, Record<string, string>> = {};
  let loaded: typeof trained;
  beforeAll(async () => {
    for (const name of NAMES) trained[name] = await trainHere(name);
    loaded = loadElsewhere();
  });

  it.each(NAMES)(
    'a %s run encodes, decodes, reconstructs and samples to the bytes that the training process has',
    (name) => {
      expect(loaded[name]).toEqual(trained[name]);
    },
  );
});
