import { join } from 'node:path';
import { type Dataset, LatentkitError } from '@latentkit/core';
import {
  anything,
  checkOptions,
  flagRule,
  functionRule,
  listRule,
  needed,
  type OptionRules,
  pathRule,
  signalRule,
} from '@latentkit/core/options';
import { isThere } from '@latentkit/formats/node';
import type { ExperimentConfig } from '../config-schema.ts';
import { RUN_FILES } from '../files/run-files.ts';
import { parseConfig } from '../parse-config.ts';
import { findRecipe, recipes } from '../recipes/find-recipe.ts';
import type { Recipe } from '../recipes/recipe.ts';
import type { Reproduction } from '../reproduction/reproduction.ts';
import { type LoadDatasetOptions, loadDataset } from './load-dataset.ts';
import {
  checkPage,
  keepReproduced,
  measureReproduced,
  needsMeasuring,
  readReproduced,
} from './reproduction-files.ts';
import { resumeExperiment } from './resume-experiment.ts';
import { runExperiment } from './run-experiment.ts';
import type { ExperimentEvent } from './write-run.ts';

const FIRST_SEED = 42;
/** Of a recipe with figures to compare; of the others one seed shows as much. */
const SEEDS = 3;

export interface ReproduceOptions
  extends Omit<LoadDatasetOptions, 'columns' | 'onImport' | 'onReading' | 'strict'> {
  /** Names of recipes; by default all that come from a report. */
  recipes?: readonly string[];
  /** By default 42, 43 and 44 of a recipe with figures to compare, and 42 of the others. */
  seeds?: readonly number[];
  /** The folder of the runs, `<recipe>/seed-<seed>` in it. */
  out: string;
  /** The page to write; its rows lie beside it, and its pictures in `images/` there. */
  page: string;
  /** A folder that holds MNIST's files. */
  dataDir?: string;
  /** Learns from so many images: for trying the command, as nothing is reproduced then. */
  limit?: number;
  /** Epochs to stop after: as `limit`. */
  epochs?: number;
  workers?: number;
  /** Runs nothing: writes the page of what is there, runs that are not at their end yet with as much as they have. */
  pageOnly?: boolean;
  /** Hears why there are fewer workers than asked for. */
  onNote?: (note: string) => void;
}

const RULES: OptionRules<ReproduceOptions> = {
  recipes: listRule,
  seeds: listRule,
  out: needed(pathRule),
  page: needed(pathRule),
  dataDir: pathRule,
  limit: anything,
  epochs: anything,
  workers: anything,
  pageOnly: flagRule,
  onNote: functionRule,
  onProgress: functionRule,
  signal: signalRule,
};

/** What `reproduce` tells: which run is found as it is, begun or gone on with; what that tells; and that the page is written. */
export type ReproduceEvent =
  | {
      readonly type: 'run';
      readonly recipe: string;
      readonly seed: number;
      readonly directory: string;
      /** With `pageOnly` a run that is not at its end is `left`, and one that has not begun `missing`. */
      readonly state: 'found' | 'begins' | 'goes on' | 'left' | 'missing';
      readonly config: ExperimentConfig;
      /** Of `total` runs in all. */
      readonly index: number;
      readonly total: number;
    }
  | { readonly type: 'training'; readonly event: ExperimentEvent }
  /** A run is measured on the test images, which takes some minutes. */
  | {
      readonly type: 'measuring';
      readonly recipe: string;
      readonly seed: number;
      readonly directory: string;
      readonly index: number;
      readonly total: number;
    }
  | {
      readonly type: 'page';
      readonly path: string;
      readonly recipe: string;
      readonly reproduction: Reproduction;
    };

/**
 * Runs recipes on MNIST as their sources did, where that has not been done yet, and writes a page of what was published beside
 * what came of it. A run that is there is taken as it is, one that was stopped is gone on with; the page is written after
 * each, so that long runs may take several goes.
 *
 * @throws `E_UNKNOWN_NAME` for a recipe that there is not; `E_EXISTS` for a folder that holds a run of other settings, or
 * part of one without a checkpoint, and where the page would replace a file that is of no reproduction;
 * `E_NOT_FOUND` where a page alone is wanted and there is no run; what loading the data, training and writing throw; the signal's reason.
 * @example
 * for await (const { type } of reproduce({ recipes: ['mlp-mse'], out: 'runs/reproduce', page: 'reproduction.md' })) {
 *   console.log(type); // 'run', 'training', ..., 'page'
 * }
 */
export async function* reproduce(options: ReproduceOptions): AsyncGenerator<ReproduceEvent, void, undefined> {
  checkOptions('reproduce', options, RULES);
  const { recipes: names, seeds, out, page, pageOnly, workers, onNote, onProgress, signal } = options;
  const chosen = names
    ? [...new Set(names.map(findRecipe))]
    : recipes.filter(({ source }) => source !== undefined);
  const runs = chosen.flatMap((recipe) =>
    [...new Set(seeds ?? seedsOf(recipe))].map((seed) => ({
      recipe,
      seed,
      config: configOf(recipe, seed, options),
    })),
  );
  await checkPage(page);
  let isWritten = false;
  for (const [index, { recipe, seed, config }] of runs.entries()) {
    const directory = join(out, recipe.name, `seed-${seed}`);
    let reproduced = await readReproduced(directory, config);
    const isGoneOnWith = await isThere(join(directory, RUN_FILES.checkpoint));
    const isLeft = reproduced?.isFinished || pageOnly;
    const begun = reproduced || isGoneOnWith ? 'left' : 'missing';
    const state = reproduced?.isFinished ? 'found' : isLeft ? begun : isGoneOnWith ? 'goes on' : 'begins';
    const at = { recipe: recipe.name, seed, directory, index, total: runs.length };
    yield { type: 'run', ...at, state, config };
    if (reproduced && !isLeft && !isGoneOnWith) {
      throw new LatentkitError(
        'E_EXISTS',
        `${directory} holds part of a run, and no checkpoint to go on from`,
        {
          fix: 'Move that folder away: it is run anew then',
        },
      );
    }
    if (!isLeft) {
      const dataset: Dataset = await loadDataset(config.dataset, { onProgress, signal });
      const run = { dataset, workers, signal, onNote };
      const events = isGoneOnWith
        ? resumeExperiment({ directory, config, ...run })
        : runExperiment({ config, out: directory, ...run });
      for await (const event of events) yield { type: 'training', event };
      signal?.throwIfAborted();
      reproduced = await readReproduced(directory, config);
    }
    const seedsRun = runs.filter((run) => run.recipe === recipe).map((run) => run.seed);
    if (!reproduced) continue;
    if (!pageOnly && needsMeasuring(reproduced, recipe.published ?? [])) {
      yield { type: 'measuring', ...at };
      const { dataDir, limit } = options;
      reproduced = await measureReproduced(directory, recipe, reproduced, {
        ...{ workers, onNote, signal, limit },
        ...(dataDir !== undefined && { dataDir }),
      });
    }
    const reproduction = await keepReproduced({ page, recipe, directory, run: reproduced, seeds: seedsRun });
    isWritten = true;
    yield { type: 'page', path: page, recipe: recipe.name, reproduction };
  }
  if (isWritten) return;
  throw new LatentkitError('E_NOT_FOUND', `${out} holds none of these runs: no page was written`, {
    fix: 'Make them first: the same without pageOnly (--page-only)',
  });
}

/** That MNIST has to learn from. */
const ALL_IMAGES = 60_000;

function seedsOf({ published }: Recipe): number[] {
  const count = published === undefined ? 1 : SEEDS;
  return Array.from({ length: count }, (_, i) => FIRST_SEED + i);
}

function configOf(
  { name, dataset, model, training, figures, objective }: Recipe,
  seed: number,
  { dataDir, limit, epochs }: ReproduceOptions,
): ExperimentConfig {
  const heldOut = dataset?.validation;
  return parseConfig({
    recipe: name,
    dataset: {
      name: 'mnist',
      ...dataset,
      ...(dataDir !== undefined && { dataDir }),
      ...(limit !== undefined && {
        limit,
        // of fewer images as large a part
        ...(heldOut !== undefined && { validation: Math.max(1, Math.round((heldOut * limit) / ALL_IMAGES)) }),
      }),
    },
    model,
    ...(figures && { figures }),
    ...(objective && { objective }),
    training: { ...training, seed, ...(epochs !== undefined && { epochs }) },
  });
}
