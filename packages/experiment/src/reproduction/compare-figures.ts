import { checkValue, listRule, objectRule } from '@latentkit/core/options';
import type { MetricsRow } from '@latentkit/trainers';
import { rateCuts } from '../rate-cuts.ts';
import type { PublishedFigure, Recipe } from '../recipes/recipe.ts';

/** A run of a recipe, as far as its figures are compared. */
export interface ReproducedRun {
  readonly seed: number;
  /** Images learned from. */
  readonly trainImages: number;
  readonly rows: readonly MetricsRow[];
  /** The epoch whose weights were kept. */
  readonly keptEpoch: number;
  /** Whether it came to its end: early stopping is one. */
  readonly isFinished: boolean;
  /** What was measured on the test images. */
  readonly evaluation?: { readonly values: Readonly<Record<string, number>> };
}

/** What a published figure is beside runs of the recipe. */
export interface ComparedFigure extends PublishedFigure {
  /** Of each run that has come so far. */
  readonly measured: readonly number[];
  /** Whether the mean of the runs is within the band, where there are one and a run. */
  readonly isWithin?: boolean;
}

/**
 * A recipe's published figures beside those of runs: columns of their rows; `epochs`, run in all; `bestEpoch`, kept;
 * `rateChange`, the epoch after which the learning rate fell, the first for the first and so on; `stepMilliseconds`, of the
 * median epoch, its validation included.
 *
 * @example
 * const [loss] = compareFigures(findRecipe('mlp-mse'), runs); // loss.value 45.11, loss.measured [45.8, 45.7, 46.0]
 */
export function compareFigures(recipe: Recipe, runs: readonly ReproducedRun[]): ComparedFigure[] {
  checkValue('compareFigures', 'recipe', recipe, objectRule);
  checkValue('compareFigures', 'runs', runs, listRule);
  let changes = 0;
  return (recipe.published ?? []).map((figure) => {
    const index = figure.metric === 'rateChange' ? changes++ : 0;
    const measured = runs.flatMap((run) => measure(figure, run, { index, recipe }) ?? []);
    const mean = measured.reduce((sum, value) => sum + value, 0) / measured.length;
    const { value, within, orLower = false } = figure;
    const isJudged = value !== undefined && within !== undefined && measured.length > 0;
    const isWithin = isJudged && mean - value <= within && (orLower || value - mean <= within);
    return { ...figure, measured, ...(isJudged && { isWithin }) };
  });
}

function measure(
  { metric, epoch, isEvaluated }: PublishedFigure,
  { rows, keptEpoch, isFinished, trainImages, evaluation }: ReproducedRun,
  { index, recipe }: { index: number; recipe: Recipe },
): number | undefined {
  if (metric === 'stepMilliseconds') {
    if (rows.some(({ seconds }) => seconds === undefined)) return undefined; // another program's
    return (
      (1000 * medianOf(rows.map(({ seconds }) => seconds))) /
      Math.ceil(trainImages / recipe.training.batchSize)
    );
  }
  if (metric === 'rateChange') return rateCuts(rows)[index];
  if (isEvaluated) return evaluation?.values[metric];
  if (metric === 'epochs') return isFinished ? rows.length : undefined;
  if (metric === 'bestEpoch') return isFinished ? keptEpoch : undefined;
  const row = epoch === undefined ? (isFinished ? rows.at(-1) : undefined) : rows[epoch - 1];
  return row?.[metric];
}

function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return Number.isInteger(middle) ? (sorted[middle - 1]! + sorted[middle]!) / 2 : sorted[Math.floor(middle)]!;
}
