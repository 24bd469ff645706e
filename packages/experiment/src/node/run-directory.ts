import { access, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { LatentkitError, type NamedArrays } from '@latentkit/core';
import { svgToPng } from '@latentkit/figures/node';
import { encodeSafetensors } from '@latentkit/formats';
import type { ModelSpec } from '@latentkit/models';
import type { Checkpoint, EpochMetrics } from '@latentkit/trainers';
import type { ExperimentConfig } from '../config-schema.ts';
import { FIGURE_NAMES, type FigureResult } from '../figures/figure-result.ts';
import { encodeCheckpoint } from './checkpoint-file.ts';
import { diskError } from './disk-error.ts';
import { RUN_FILES } from './run-files.ts';
import { writeAtomically } from './write-atomically.ts';

/** A folder that a run is written into, a file at a time, each whole or not at all; `E_IO` when the disk refuses. */
export interface RunDirectory {
  readonly path: string;
  writeConfig(config: ExperimentConfig): Promise<void>;
  /** A line of JSON an epoch. */
  writeMetrics(history: readonly EpochMetrics[]): Promise<void>;
  writeCheckpoint(checkpoint: Checkpoint): Promise<void>;
  writeModel(model: { spec: ModelSpec; epoch: number; weights: NamedArrays }): Promise<void>;
  /** As SVG and PNG; nothing for a missing one. */
  writeFigure(figure: FigureResult): Promise<void>;
  writeReport(html: string): Promise<void>;
}

/** Every path that a run may write, its figures' included. */
const RUN_PATHS: readonly string[] = [
  ...Object.values(RUN_FILES),
  ...FIGURE_NAMES.flatMap((name) => ['svg', 'png'].map((ending) => figurePath(name, ending))),
];

/**
 * Refuses a folder that holds a file which a run would overwrite: to be asked before the long work begins.
 *
 * @throws `E_EXISTS` when it does and `force` is not set.
 */
export async function checkRunDirectory(path: string, { force = false } = {}): Promise<void> {
  if (force) return;
  for (const name of RUN_PATHS) {
    if (!(await exists(join(path, name)))) continue;
    throw new LatentkitError('E_EXISTS', `${path} already holds a run: there is a ${name}`, {
      fix: 'Choose another folder with --out, or overwrite it with --force',
    });
  }
}

/**
 * Makes the folder of a new run.
 *
 * @param force removes the files of a run that is there already, and nothing else.
 * @throws as {@link checkRunDirectory}; `E_IO` when the disk refuses.
 * @example
 * const directory = await createRunDirectory('runs/first');
 * await directory.writeConfig(config); // runs/first/config.json
 */
export async function createRunDirectory(path: string, { force = false } = {}): Promise<RunDirectory> {
  await checkRunDirectory(path, { force });
  try {
    await Promise.all(RUN_PATHS.map((name) => rm(join(path, name), { force: true })));
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
      await write(RUN_FILES.weights, encodeSafetensors(weights));
      await write(RUN_FILES.model, toJson({ format: 'latentkit-model', version: 1, spec, epoch }));
    },
    async writeFigure(figure) {
      if ('missing' in figure) return;
      await write(figurePath(figure.name, 'svg'), figure.svg);
      await write(figurePath(figure.name, 'png'), await svgToPng(figure.svg));
    },
    writeReport: (html) => write(RUN_FILES.report, html),
  };
}

function figurePath(name: FigureResult['name'], ending: string): string {
  return join('figures', `${name}.${ending}`);
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
