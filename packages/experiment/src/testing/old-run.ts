import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { RUN_FILES } from '../files/run-files.ts';
import { freshProgress } from './tiny-run.ts';

/** Writes a file, and the folders above it. */
export function write(path: string, content = 'mine'): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}

const epoch = { epoch: 1, loss: 1.5, reconstruction: 1, kl: 0.5, valLoss: 2, valReconstruction: 1, valKl: 1 };
/** A row of metrics. */
export const metrics = { ...epoch, learningRate: 0.01, beta: 1, seconds: 0.25 };

/** A config that says that a folder holds a run. */
export const RUN = { recipe: 'r', dataset: {}, model: {}, training: {} };
/** Files that runs have. */
export const NAMES = [
  ...Object.values(RUN_FILES),
  join('figures', 'samples.png'),
  join('figures', 'loss-curves.svg'),
];
const weights = { a: { shape: [1], data: Float32Array.of(1) } };
export const checkpointAt = (epoch: number) => ({
  progress: { ...freshProgress(7), epoch, step: epoch, history: epoch === 0 ? [] : [metrics] },
  ...{ weights, slots: {}, bestWeights: weights },
});

/** A folder with every file of a run, and others. */
export function oldRun(path: string): { path: string; others: string[] } {
  const others = ['notes.txt', join('figures', 'own.svg'), join('checkpoint', 'epoch-3.safetensors')];
  for (const name of [...NAMES, ...others]) write(join(path, name));
  write(join(path, RUN_FILES.config), JSON.stringify(RUN));
  return { path, others };
}

/** Every file's text, by its path. */
export const snapshot = (path: string) =>
  Object.fromEntries(
    readdirSync(path, { recursive: true, encoding: 'utf8' })
      .sort()
      .filter((name) => !statSync(join(path, name)).isDirectory())
      .map((name) => [name, readFileSync(join(path, name), 'utf8')]),
  );
