import { basename, resolve } from 'node:path';
import { startWasmBackend } from '@latentkit/backend';
import { type Dataset, type Examples, LatentkitError, pixelsToFloats } from '@latentkit/core';
import {
  anything,
  checkOptions,
  checkValue,
  functionRule,
  listRule,
  type OptionRules,
  pathRule,
  seedRule,
} from '@latentkit/core/options';
import { oneOfEachClass } from '@latentkit/datasets';
import { drawImageRows } from '@latentkit/figures';
import { createModel, createTrainedModel } from '@latentkit/models';
import { compareMeasures } from '../compare/compare-measures.ts';
import { type ComparedRow, differingSettings } from '../compare/compare-settings.ts';
import { imagesAtOnce } from '../data/images-at-once.ts';
import { whyUndrawable } from '../figures/why-undrawable.ts';
import { modelSpecOf } from '../model-spec-of.ts';
import { readKeptWeights } from '../store/read-kept-weights.ts';
import { tidyAbandonedRun } from './find-run.ts';
import { type RunRecord, readRunRecord } from './read-run-record.ts';
import { runFolder } from './run-folder.ts';

export interface CompareRunsOptions {
  /** Images whose reconstructions are laid beside each other; without it there are no pictures. */
  dataset?: Dataset<Examples>;
  /** Of the random samples, the same of each run. */
  seed?: number;
  /** Hears why a run has no pictures, a sentence. */
  onNote?: (note: string) => void;
}

const RULES: OptionRules<CompareRunsOptions> = { dataset: anything, seed: seedRule, onNote: functionRule };

/** A run among others. */
export interface ComparedRun extends RunRecord {
  /** As short as it is told from the others by. */
  readonly name: string;
}

/** Runs beside each other. */
export interface Comparison {
  readonly runs: readonly ComparedRun[];
  /** The settings that differ, by path. */
  readonly settings: readonly ComparedRow<unknown>[];
  /** Losses of the kept epoch, and what it took. */
  readonly measures: readonly ComparedRow<number>[];
  /** SVGs with a row a run, where there is a dataset to look at. */
  readonly pictures: {
    readonly reconstructions?: string;
    readonly samples?: string;
    /** Names of runs that have no row among the samples, as their models have no prior to draw from. */
    readonly withoutSamples?: readonly string[];
  };
}

/**
 * Lays runs beside each other: the settings in which they differ, their losses at the kept epoch, and with a dataset what each makes of
 * the same images and of the same random numbers. Losses under different weights of their terms do not compare; `elbo` does.
 *
 * @throws `E_USAGE` for fewer than two runs; `E_NOT_FOUND` where there is none, or it has no epoch yet; `E_FORMAT`, `E_CONFIG` for a damaged one.
 * @example
 * const { settings, measures } = await compareRuns(['runs/beta-1', 'runs/beta-4']);
 * settings; // [{ name: 'training.beta', values: [1, 4] }]
 */
export async function compareRuns(
  directories: readonly string[],
  options: CompareRunsOptions = {},
): Promise<Comparison> {
  checkValue('compareRuns', 'directories', directories, listRule);
  for (const directory of directories) checkValue('compareRuns', 'directory', directory, pathRule);
  checkOptions('compareRuns', options, RULES);
  if (directories.length < 2) {
    throw new LatentkitError('E_USAGE', `compareRuns: expected two runs at least, got ${directories.length}`);
  }
  const { dataset, seed = 42, onNote = () => {} } = options;
  const names = shortNames(directories);
  const runs: ComparedRun[] = [];
  for (const [i, directory] of directories.entries()) {
    await tidyAbandonedRun(directory);
    const record = await readRunRecord(directory);
    if (record.history.length === 0) {
      throw new LatentkitError('E_NOT_FOUND', `${directory}: no epoch of this run is done yet`, {
        fix: 'Leave it out, or wait for its first epoch',
      });
    }
    runs.push({ ...record, name: names[i]! });
  }
  return {
    runs,
    settings: differingSettings(runs.map(({ config }) => config)),
    measures: compareMeasures(runs),
    pictures: dataset ? await drawPictures(runs, dataset, { seed, onNote }) : {},
  };
}

const SHOWN = 12;

/** What each run makes of the same images and of the same random numbers. */
async function drawPictures(
  runs: readonly ComparedRun[],
  dataset: Dataset<Examples>,
  { seed, onNote }: { seed: number; onNote: (note: string) => void },
): Promise<Comparison['pictures']> {
  await startWasmBackend();
  const all = dataset.test ?? dataset.validation;
  const { shape } = all;
  const specs = runs.map(({ config }) => ({ image: shape, likelihood: config.model.likelihood }));
  const undrawable = specs.map(whyUndrawable).find((why) => why !== undefined);
  if (undrawable !== undefined) {
    onNote(`There are no pictures: ${undrawable}`);
    return {};
  }
  const shown = imagesAtOnce(all, oneOfEachClass(all, Math.min(SHOWN, all.count)));
  const reconstructions: [name: string, images: Float32Array][] = [];
  const samples: typeof reconstructions = [];
  const withoutSamples: string[] = [];
  for (const record of runs) {
    const { config, directory, name } = record;
    const model = createModel(modelSpecOf(config, shape));
    const { condition } = model.spec;
    const { weights } = await readKeptWeights(
      runFolder(directory),
      record,
      Object.keys(model.parameterShapes),
    );
    const isOfShape = Object.entries(model.parameterShapes).every(
      ([parameter, sizes]) => weights[parameter]?.shape.join() === sizes.join(),
    );
    if (!isOfShape || (condition && !shown.labels)) {
      const why = isOfShape
        ? 'it is conditional, and they have no classes'
        : 'they are of another size than its own';
      onNote(`${directory} makes nothing of these images: ${why}`);
      continue;
    }
    const trained = createTrainedModel(model.spec, weights);
    const label = condition && Array.from({ length: SHOWN }, (_, i) => i % condition.classes);
    reconstructions.push([name, trained.reconstruct(shown.images, condition && { label: shown.labels })]);
    if (!model.prior) withoutSamples.push(name);
    else samples.push([name, trained.sample({ count: SHOWN, seed, ...(label && { label }) })]);
    trained.dispose();
  }
  const draw = (rows: typeof reconstructions, title: string) =>
    drawImageRows(
      { images: joinFloats(rows.map(([, images]) => images)), shape, rows: rows.map(([name]) => ({ name })) },
      { title },
    );
  const originals: (typeof reconstructions)[number] = ['original', pixelsToFloats(shown.images)];
  return {
    ...(reconstructions.length > 0 && {
      reconstructions: draw([originals, ...reconstructions], 'Reconstructions'),
    }),
    ...(samples.length > 0 && { samples: draw(samples, 'Random samples') }),
    ...(withoutSamples.length > 0 && { withoutSamples }),
  };
}

function joinFloats(parts: readonly Float32Array[]): Float32Array {
  const joined = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

/** The last parts of paths, as many as tell them apart; a number behind what is the same folder twice. */
function shortNames(paths: readonly string[]): string[] {
  const parts = paths.map((path) => resolve(path).split(/[\\/]/));
  for (let count = 1; count <= Math.max(...parts.map((one) => one.length)); count++) {
    const names = parts.map((one) => one.slice(-count).join('/'));
    if (new Set(names).size === names.length) return names;
  }
  return paths.map((path, i) => `${basename(path)} (${i + 1})`);
}
