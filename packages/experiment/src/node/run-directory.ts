import { access, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { LatentkitError, type NamedArrays } from '@latentkit/core';
import { svgToPng } from '@latentkit/figures/node';
import { encodeSafetensors } from '@latentkit/formats';
import type { ModelSpec } from '@latentkit/models';
import type { Checkpoint, EpochMetrics } from '@latentkit/trainers';
import type { ExperimentConfig } from '../config-schema.ts';
import type { FigureResult } from '../figures/figure-result.ts';
import { encodeCheckpoint } from './checkpoint-file.ts';
import { diskError, writeAtomically } from './write-atomically.ts';

/** The files of a run. */
export const RUN_FILES = {
  config: 'config.json',
  metrics: 'metrics.jsonl',
  model: 'model.json',
  weights: 'model.safetensors',
  checkpoint: join('checkpoint', 'checkpoint.safetensors'),
  report: 'report.html',
} as const;

/** What `model.json` says: how to rebuild the model that `model.safetensors` holds the weights of. */
export interface SavedModel {
  format: 'latentkit-model';
  version: 1;
  spec: ModelSpec;
  epoch: number;
}

/** A folder that a run is written into, a file at a time, each whole or not at all. */
export interface RunDirectory {
  readonly path: string;
  writeConfig(config: ExperimentConfig): Promise<void>;
  writeMetrics(history: readonly EpochMetrics[]): Promise<void>;
  writeCheckpoint(checkpoint: Checkpoint): Promise<void>;
  writeModel(model: { spec: ModelSpec; epoch: number; weights: NamedArrays }): Promise<void>;
  /** As SVG and PNG. */
  writeFigure(figure: FigureResult): Promise<void>;
  writeReport(html: string): Promise<void>;
}

/**
 * Refuses a folder that holds a run already: to be asked before the long work begins.
 *
 * @throws `E_EXISTS` when it does and `force` is not set.
 */
export async function checkRunDirectory(path: string, { force = false } = {}): Promise<void> {
  if (force || !(await exists(join(path, RUN_FILES.config)))) return;
  throw new LatentkitError('E_EXISTS', `${path} already holds a run`, {
    fix: 'Choose another folder with --out, or overwrite it with --force',
  });
}

/**
 * Makes the folder of a new run.
 *
 * @param force removes the files of a run that is there already.
 * @throws as {@link checkRunDirectory}; `E_IO` when the disk refuses.
 */
export async function createRunDirectory(path: string, { force = false } = {}): Promise<RunDirectory> {
  await checkRunDirectory(path, { force });
  try {
    await removeRun(path);
    await mkdir(join(path, 'checkpoint'), { recursive: true });
    await mkdir(join(path, 'figures'), { recursive: true });
  } catch (cause) {
    throw diskError(path, cause);
  }
  const write = (name: string, content: string | Uint8Array) => writeAtomically(join(path, name), content);
  return {
    path,
    writeConfig: (config) => write(RUN_FILES.config, toJson(config)),
    writeMetrics: (history) =>
      write(RUN_FILES.metrics, history.map((row) => `${JSON.stringify(row)}\n`).join('')),
    writeCheckpoint: (checkpoint) => write(RUN_FILES.checkpoint, encodeCheckpoint(checkpoint)),
    async writeModel({ spec, epoch, weights }) {
      const saved: SavedModel = { format: 'latentkit-model', version: 1, spec, epoch };
      await write(RUN_FILES.weights, encodeSafetensors(weights));
      await write(RUN_FILES.model, toJson(saved));
    },
    async writeFigure(figure) {
      if ('missing' in figure) return;
      await write(join('figures', `${figure.name}.svg`), figure.svg);
      await write(join('figures', `${figure.name}.png`), await svgToPng(figure.svg));
    },
    writeReport: (html) => write(RUN_FILES.report, html),
  };
}

/** Only what runs write: a folder may hold other things. */
async function removeRun(path: string): Promise<void> {
  const names = [...Object.values(RUN_FILES), 'checkpoint', 'figures'];
  await Promise.all(names.map((name) => rm(join(path, name), { recursive: true, force: true })));
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

function toJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
