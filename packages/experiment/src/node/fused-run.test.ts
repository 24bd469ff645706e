import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import type { ExperimentConfig } from '../config-schema.ts';
import { repeatCommand } from '../report/repeat-command.ts';
import { collect } from '../testing/collect.ts';
import { filesOf } from '../testing/read-run.ts';
import { tempDirectory } from '../testing/temp-directory.ts';
import { tinyConfig, tinyDataset } from '../testing/tiny-run.ts';
import { loadRun } from './load-run.ts';
import { resumeExperiment } from './resume-experiment.ts';
import { runExperiment } from './run-experiment.ts';
import type { WriteRunOptions } from './write-run.ts';

afterEach(() => void vi.restoreAllMocks());

const root = tempDirectory();
const dataset = tinyDataset();
const config = (arithmetic: 'strict' | 'fused', epochs = 2): ExperimentConfig => {
  const { training, ...rest } = tinyConfig();
  return { ...rest, training: { ...training, epochs, arithmetic }, figures: [{ name: 'reconstructions' }] };
};
const weightsOf = (path: string) => readFileSync(join(path, 'model.safetensors'));

async function trainTo(name: string, run: ExperimentConfig, options: WriteRunOptions = {}): Promise<string> {
  const out = join(root, name);
  await collect(runExperiment({ ...options, config: run, dataset, out, workers: 1 }));
  return out;
}

it('a fused run has bits of its own, the same recorded and step by step, and says so', async () => {
  const recorded = await trainTo('recorded', config('fused'));
  const eager = await trainTo('eager', config('fused'), { eager: true });
  const strict = await trainTo('strict', config('strict'));
  expect(weightsOf(eager)).toEqual(weightsOf(recorded));
  expect(weightsOf(strict)).not.toEqual(weightsOf(recorded));
  const said = JSON.parse(readFileSync(join(recorded, 'config.json'), 'utf8'));
  expect(said.training.arithmetic).toBe('fused');
  expect(repeatCommand(config('fused'))).toContain('--set training.arithmetic=fused');
});

it('its model is used strictly, where it was trained as anywhere else', async () => {
  const eager = join(root, 'eager');
  const figure = (path: string) => readFileSync(join(path, 'figures', 'reconstructions.svg'), 'utf8');
  expect(figure(eager)).toBe(figure(join(root, 'recorded')));
  vi.spyOn(WebAssembly, 'validate').mockReturnValue(false); // a machine that does not fuse
  const run = await loadRun(eager);
  expect(run.decode(Float32Array.of(0.5, -0.5)).every(Number.isFinite)).toBe(true);
  run.dispose();
});

it('goes on to the bits of a run that was not interrupted, and by no other arithmetic', async () => {
  const whole = await trainTo('whole', config('fused', 3));
  const half = await trainTo('half', config('fused', 2));
  const path = join(half, 'config.json');
  const own = readFileSync(path, 'utf8');
  writeFileSync(path, own.replace('"fused"', '"strict"'));
  const resume = () => collect(resumeExperiment({ directory: half, dataset, epochs: 3, workers: 1 }));
  await expect(resume()).rejects.toMatchObject({
    code: 'E_USAGE',
    message: expect.stringContaining('expected training.arithmetic "fused", got "strict"'),
  });
  writeFileSync(path, own);
  await resume();
  expect(weightsOf(half)).toEqual(weightsOf(whole));
});

it('is refused where the engine does not fuse, before anything is written', async () => {
  vi.spyOn(WebAssembly, 'validate').mockReturnValue(false);
  await expect(trainTo('refused', config('fused'))).rejects.toMatchObject({
    code: 'E_BACKEND',
    message: expect.stringContaining("arithmetic 'fused'"),
    fix: expect.stringContaining('strict'),
  });
  expect(filesOf(root)).not.toContain('refused');
});
