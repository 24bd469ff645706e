import { stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { LatentkitError } from '@latentkit/core';
import { missingPath, PROJECTION_FOLDER } from '@latentkit/experiment/node';
import type { ProjectInput } from './project-input.ts';
import { type FileSourceOptions, readFileVectors } from './read-file-vectors.ts';
import { type ReadingOptions, type RunSourceOptions, readRunCodes } from './read-run-codes.ts';

/** Where vectors come from, as flags say. */
export interface ProjectSourceOptions extends FileSourceOptions, RunSourceOptions {}

export interface ProjectSource {
  /** Where results go if nobody says. */
  readonly out: string;
  /** The run that they go into then. */
  readonly run?: string;
  read(reading: ReadingOptions): Promise<ProjectInput>;
}

const FLAGS = {
  labels: '--labels',
  labelColumn: '--label-column',
  header: '--header',
  data: '--data',
  dataset: '--dataset',
  dataDir: '--data-dir',
} as const satisfies Partial<Record<keyof ProjectSourceOptions, string>>;

/**
 * What `latentkit project` is given, not yet read: a run, of whose images the means are taken, or a file of vectors.
 *
 * @throws `E_NOT_FOUND` when there is neither; `E_USAGE` for flags that do not go with it.
 */
export async function findProjectSource(path: string, options: ProjectSourceOptions): Promise<ProjectSource> {
  const found = await stat(path).catch(() => undefined);
  if (!found) {
    throw await missingPath(path, {
      files: true,
      fix: 'Give a run directory, or a file that ends in .npy or .csv',
    });
  }
  if (found.isDirectory()) {
    refuse(options, ['labelColumn', 'header'], 'with a file of vectors, not with a run');
    if (options.data === undefined) {
      refuse(options, ['labels'], "with a file, or with a run's --data: its dataset has labels of its own");
    } else refuse(options, ['dataset', 'dataDir'], 'without --data: both say which images');
    return {
      ...{ out: join(path, PROJECTION_FOLDER), run: path },
      read: (reading) => readRunCodes(path, options, reading),
    };
  }
  refuse(options, ['data', 'dataset', 'dataDir'], 'with a run, not with a file');
  const name = basename(path);
  return {
    out: join('projections', name.replace(/\.[^.]*$/, '')),
    read: ({ onNote }) => readFileVectors(path, { ...options, onNote }),
  };
}

function refuse(options: ProjectSourceOptions, names: readonly (keyof typeof FLAGS)[], goes: string): void {
  const given = names.find((name) => options[name] !== undefined);
  if (given === undefined) return;
  throw new LatentkitError('E_USAGE', `project: ${FLAGS[given]} goes ${goes}`);
}
