import { readFile, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { LatentkitError } from '@latentkit/core';
import { svgToPng } from '@latentkit/figures/node';
import { digestSha256, parseJson } from '@latentkit/formats';
import { diskError, isMissing, isThere, makeFolders, writeAtomically } from '@latentkit/formats/node';
import { parseSavedModel } from '@latentkit/models';
import type { ExperimentConfig } from '../config-schema.ts';
import { DEFAULT_FIGURES } from '../figures/figure-specs.ts';
import { RUN_FIGURES } from '../figures/run-figures.ts';
import { parseHistory } from '../files/checkpoint-file.ts';
import { parseFingerprint } from '../files/data-fingerprint.ts';
import { parseEvaluation } from '../files/evaluation-file.ts';
import { numbersToJson } from '../files/json-numbers.ts';
import { figurePath, PROJECTION_FILES, PROJECTION_FOLDER, RUN_FILES } from '../files/run-files.ts';
import type { PublishedFigure, Recipe } from '../recipes/recipe.ts';
import {
  parseReproduction,
  type ReproducedRecipe,
  type ReproducedRun,
  type Reproduction,
  shortenRow,
} from '../reproduction/reproduction.ts';
import { writeReproduction } from '../reproduction/write-reproduction.ts';
import { readRunConfig, readRunFile, readRunJson } from '../store/read-run-file.ts';
import { readEnd } from '../store/read-summary.ts';
import type { RunFiles } from '../store/run-store.ts';
import { describeEnvironment } from './describe-environment.ts';
import { type EvaluateRunOptions, evaluateRun } from './evaluate-run.ts';
import { runFolder } from './run-folder.ts';

const PEERS = join('peers', 'peer_training.jsonl');
const PICTURES = join('images', 'reproduction');
const PICTURE_SCALE = 1;

/**
 * What a run's folder gives for the page; undefined where there is none, or none that has come to an epoch.
 *
 * @throws `E_EXISTS` where it holds a run of other settings.
 */
export async function readReproduced(
  directory: string,
  config: ExperimentConfig,
): Promise<ReproducedRun | undefined> {
  const files = runFolder(directory);
  if (!(await files.has(RUN_FILES.config))) return undefined;
  const stored = await readRunConfig(files);
  const odd = differenceOf(decisive(stored), decisive(config));
  if (odd !== undefined) {
    throw new LatentkitError('E_EXISTS', `${directory} holds a run of other settings: ${odd}`, {
      fix: 'Choose another folder with --out, or remove that run',
    });
  }
  if (!(await files.has(RUN_FILES.metrics))) return undefined;
  const where = files.pathOf(RUN_FILES.metrics);
  const text = new TextDecoder().decode(await readRunFile(files, RUN_FILES.metrics));
  const rows = parseHistory(text, Number.MAX_SAFE_INTEGER, where).map(shortenRow);
  if (rows.length === 0) return undefined;
  const isFinished = await files.has(RUN_FILES.report);
  const data = parseFingerprint(await readRunJson(files, RUN_FILES.data), files.pathOf(RUN_FILES.data));
  const best = rows.reduce((least, row) => (row.valLoss < least.valLoss ? row : least));
  const keptEpoch = isFinished
    ? parseSavedModel(await readRunJson(files, RUN_FILES.model), files.pathOf(RUN_FILES.model)).epoch
    : best.epoch;
  return {
    ...{ seed: stored.training.seed, trainImages: data.train.count, keptEpoch, isFinished, rows },
    ...(isFinished && (await readMeasured(files))),
  };
}

/** What was measured of the weights as they are. */
async function readMeasured(files: RunFiles): Promise<Pick<ReproducedRun, 'evaluation'>> {
  if (!(await files.has(RUN_FILES.evaluation))) return {};
  const {
    weights,
    metrics,
    seconds = {},
  } = parseEvaluation(await readRunJson(files, RUN_FILES.evaluation), files.pathOf(RUN_FILES.evaluation));
  if (weights !== (await digestSha256(await readRunFile(files, RUN_FILES.weights)))) return {};
  const values = Object.fromEntries(metrics.map(({ name, value }) => [name, value]));
  return {
    evaluation: { seconds: Object.values(seconds).reduce((sum, one) => sum + one, 0), values },
  };
}

/** Whether something that a recipe's source measured on the test images was not yet measured of a run. */
export function needsMeasuring(
  { isFinished, evaluation }: ReproducedRun,
  published: readonly PublishedFigure[],
): boolean {
  const wanted = published.filter(({ isEvaluated }) => isEvaluated);
  return isFinished && wanted.some(({ metric }) => evaluation?.values[metric] === undefined);
}

/**
 * Measures a run on the test images as its recipe asks, and keeps that beside it as `evaluate` does; what is measured already stays.
 *
 * @returns the run with it.
 */
export async function measureReproduced(
  directory: string,
  { evaluation, published = [] }: Recipe,
  run: ReproducedRun,
  { limit, ...options }: Pick<EvaluateRunOptions, 'workers' | 'onNote' | 'signal' | 'dataDir' | 'limit'>,
): Promise<ReproducedRun> {
  if (!evaluation || !needsMeasuring(run, published)) return run;
  const limits = [limit, evaluation.limit].filter((one) => one !== undefined);
  const found = await evaluateRun(directory, {
    ...{ ...evaluation, ...options },
    ...(limits.length > 0 && { limit: Math.min(...limits) }),
  });
  await writeAtomically(join(directory, RUN_FILES.evaluation), `${numbersToJson(found, 2)}\n`);
  return { ...run, ...(await readMeasured(runFolder(directory))) };
}

/** What decides a run's numbers. */
function decisive({ figures: _, dataset, ...config }: ExperimentConfig): object {
  const { dataDir: __, ...data } = dataset;
  return { ...config, dataset: data };
}

/** The first field that two configs do not share, in words. */
function differenceOf(was: object, is: object, path = ''): string | undefined {
  for (const key of new Set([...Object.keys(was), ...Object.keys(is)])) {
    const [before, now] = [was, is].map((config) => (config as Record<string, unknown>)[key]);
    if (isDeepStrictEqual(before, now)) continue;
    if (isObject(before) && isObject(now)) return differenceOf(before, now, `${path}${key}.`);
    return `${path}${key} is ${JSON.stringify(before) ?? 'not there'}, not ${JSON.stringify(now) ?? 'missing'}`;
  }
  return undefined;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The rows beside a page; none where there is no file. */
export async function readReproduction(page: string): Promise<Reproduction> {
  const path = rowsPath(page);
  try {
    return parseReproduction(parseJson(await readFile(path), path), path);
  } catch (error) {
    if (isMissing(error)) return { version: 1, recipes: {} };
    if (!(error instanceof LatentkitError)) throw diskError(path, error);
    throw new LatentkitError(error.code, error.message, {
      fix: 'Move it away, and the page beside it: both are made anew of the runs that are there',
      cause: error,
    });
  }
}

/**
 * Makes sure, before hours of work, that the page is not in the place of something else: one that we wrote has its rows
 * beside it.
 *
 * @throws `E_EXISTS` where it is; as {@link readReproduction} for rows that are damaged.
 */
export async function checkPage(page: string): Promise<void> {
  await readReproduction(page);
  const found = await stat(page).catch((error: unknown) => {
    if (isMissing(error)) return undefined;
    throw diskError(page, error);
  });
  if (!found || (found.isFile() && (await isThere(rowsPath(page))))) return;
  const what = found.isFile() ? `of somebody else: there is no ${rowsPath(page)} beside it` : 'no file';
  throw new LatentkitError('E_EXISTS', `${page} is ${what}`, {
    fix: 'Name another page with --page, or move that one away',
  });
}

export interface KeptRun {
  page: string;
  recipe: Recipe;
  directory: string;
  run: ReproducedRun;
  /** Of the recipe's runs, in their order; the first one's pictures are shown. */
  seeds: readonly number[];
}

/** Puts a run into the rows beside a page, and writes the page anew. */
export async function keepReproduced({
  page,
  recipe,
  directory,
  run,
  seeds,
}: KeptRun): Promise<Reproduction> {
  const before = await readReproduction(page);
  const known = before.recipes[recipe.name];
  const others = known?.runs.filter(({ seed }) => seed !== run.seed && seeds.includes(seed)) ?? [];
  const runs = [...others, run].sort((a, b) => a.seed - b.seed);
  await makeFolders(join(dirname(page), PICTURES));
  const isShown = run.seed === seeds[0];
  const reproduced: ReproducedRecipe = {
    ...(await whenAndWhere(directory, known)),
    runs,
    pictures: isShown ? await copyPictures(page, recipe, directory, run) : (known?.pictures ?? []),
  };
  const reproduction = { ...before, recipes: { ...before.recipes, [recipe.name]: reproduced } };
  await writeAtomically(rowsPath(page), `${JSON.stringify(reproduction, null, 2)}\n`);
  const peers = await readFile(join(dirname(page), PEERS), 'utf8').catch(() => '');
  await writeAtomically(page, writeReproduction(reproduction, peers));
  return reproduction;
}

/** When a run ended and on what, not when and where the page is written; what is known already of a run that does not say. */
async function whenAndWhere(
  directory: string,
  known: ReproducedRecipe | undefined,
): Promise<Pick<ReproducedRecipe, 'date' | 'environment'>> {
  const files = runFolder(directory);
  if (await files.has(RUN_FILES.end)) {
    const { finishedAt, environment } = await readEnd(files);
    return { date: dayOf(finishedAt), environment };
  }
  if (known) return { date: known.date, environment: known.environment };
  return { date: dayOf(new Date().toISOString()), environment: await describeEnvironment() };
}

function dayOf(date: string): string {
  return date.slice(0, 'YYYY-MM-DD'.length);
}

/** The figures of a run's recipe, as pictures beside the page. */
async function copyPictures(
  page: string,
  recipe: Recipe,
  directory: string,
  { rows }: ReproducedRun,
): Promise<ReproducedRecipe['pictures']> {
  const pictures = [];
  for (const { name } of recipe.figures ?? DEFAULT_FIGURES) {
    if (name === 'loss-curves' && rows.length === 1) continue; // a point is no curve
    const source = join(
      directory,
      name === 'projections' ? join(PROJECTION_FOLDER, PROJECTION_FILES.svg) : figurePath(name, 'svg'),
    );
    if (!(await isThere(source))) continue;
    const title = RUN_FIGURES.find((figure) => figure.name === name)?.title ?? 'Projections';
    const path = `${recipe.name}-${name}.png`;
    const png = await svgToPng(await readFile(source, 'utf8'), { scale: PICTURE_SCALE });
    await writeAtomically(join(dirname(page), PICTURES, path), png);
    pictures.push({ title: `${recipe.name}: ${title}`, path: `images/reproduction/${path}` });
  }
  return pictures;
}

function rowsPath(page: string): string {
  return join(dirname(page), `${basename(page).replace(/\.md$/, '')}.json`);
}
