import { basename, resolve } from 'node:path';
import { startWasmBackend } from '@latentkit/backend';
import { type Dataset, describeShape, LatentkitError } from '@latentkit/core';
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
import { oneOfEachClass, takeImages } from '@latentkit/datasets';
import { drawReconstructions, drawSamples } from '@latentkit/figures';
import { createModel, createTrainedModel } from '@latentkit/models';
import { termColumns, validationColumn } from '@latentkit/trainers';
import { type ComparedRow, differingSettings } from '../compare/compare-settings.ts';
import { whyUndrawable } from '../figures/why-undrawable.ts';
import { modelSpecOf } from '../model-spec-of.ts';
import { tidyAbandonedRun } from './find-run.ts';
import { type RunRecord, readRunRecord } from './read-run-record.ts';
import { readWeights } from './read-weights.ts';

export interface CompareRunsOptions {
  /** Images whose reconstructions are laid beside each other; without it there are no pictures. */
  dataset?: Dataset;
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
  /** SVGs, where there is a dataset to look at. */
  readonly reconstructions?: string;
  readonly samples?: string;
}

/** Runs beside each other. */
export interface Comparison {
  readonly runs: readonly ComparedRun[];
  /** The settings that differ, by path. */
  readonly settings: readonly ComparedRow<unknown>[];
  /** Losses of the kept epoch, and what it took. */
  readonly measures: readonly ComparedRow<number>[];
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
    const record = { ...(await readRunRecord(directory)), name: names[i]! };
    if (record.history.length === 0) {
      throw new LatentkitError('E_NOT_FOUND', `${directory}: no epoch of this run is done yet`, {
        fix: 'Leave it out, or wait for its first epoch',
      });
    }
    runs.push(dataset ? { ...record, ...(await drawPictures(record, dataset, { seed, onNote })) } : record);
  }
  return {
    runs,
    settings: differingSettings(runs.map(({ config }) => config)),
    measures: measuresOf(runs),
  };
}

function measuresOf(runs: readonly ComparedRun[]): ComparedRow<number>[] {
  const rows = runs.map(
    ({ history, keptEpoch }) => history.find(({ epoch }) => epoch === keptEpoch) ?? history.at(-1)!,
  );
  const terms = [...new Set(rows.flatMap(termColumns))];
  const measure = (name: string, of: (i: number) => number | undefined) => ({
    name,
    values: runs.map((_, i) => of(i)),
  });
  const all = [
    measure('valLoss', (i) => rows[i]!.valLoss),
    ...terms.map((term) => measure(validationColumn(term), (i) => rows[i]![validationColumn(term)])),
    measure('elbo', (i) => {
      const { valReconstruction, valKl } = rows[i]!;
      return valReconstruction === undefined || valKl === undefined
        ? undefined
        : -(valReconstruction + valKl);
    }),
    measure('testLoss', (i) => runs[i]!.end?.testLoss),
    measure('loss', (i) => rows[i]!.loss),
    measure('keptEpoch', (i) => runs[i]!.keptEpoch),
    measure('epochs', (i) => runs[i]!.history.length),
    measure('seconds', (i) => runs[i]!.history.reduce((sum, { seconds }) => sum + seconds, 0)),
  ];
  return all.filter(({ values }) => values.some((value) => value !== undefined));
}

const SHOWN = 10;
const SAMPLES = 20;

async function drawPictures(
  record: RunRecord & { name: string },
  dataset: Dataset,
  { seed, onNote }: { seed: number; onNote: (note: string) => void },
): Promise<Pick<ComparedRun, 'reconstructions' | 'samples'>> {
  const { config, directory, name } = record;
  const shown = dataset.test ?? dataset.validation;
  const model = createModel(modelSpecOf(config, shown.shape));
  const weights = await readWeights(record, Object.keys(model.parameterShapes));
  const { condition } = model.spec;
  const reason = isOfShapes(weights, model.parameterShapes)
    ? (whyUndrawable(shown.shape) ??
      (condition && !shown.labels ? 'Its model is conditional, and the images have no classes.' : undefined))
    : `Its images are not of ${describeShape(shown.shape)}, as those of ${dataset.name} are.`;
  if (reason !== undefined) {
    onNote(`${directory} has no pictures here: ${reason}`);
    return {};
  }
  await startWasmBackend();
  const trained = createTrainedModel(model.spec, weights);
  try {
    const { images, labels, shape, count } = takeImages(shown, oneOfEachClass(shown, SHOWN));
    const label = condition && Array.from({ length: SAMPLES }, (_, i) => i % condition.classes);
    return {
      reconstructions: drawReconstructions(
        {
          originals: images,
          reconstructions: trained.reconstruct(images, condition && { label: labels }),
          shape,
          count,
        },
        { title: name },
      ),
      ...(model.prior && {
        samples: drawSamples(
          {
            images: trained.sample({ count: SAMPLES, seed, ...(label && { label }) }),
            shape,
            columns: SAMPLES / 2,
          },
          { title: name },
        ),
      }),
    };
  } finally {
    trained.dispose();
  }
}

function isOfShapes(
  weights: Awaited<ReturnType<typeof readWeights>>,
  shapes: Readonly<Record<string, readonly number[]>>,
): boolean {
  return Object.entries(shapes).every(([name, shape]) => weights[name]?.shape.join() === shape.join());
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
