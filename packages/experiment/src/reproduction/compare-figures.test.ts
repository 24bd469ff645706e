import type { MetricsRow } from '@latentkit/trainers';
import { expect, test } from 'vitest';
import { findRecipe } from '../recipes/find-recipe.ts';
import type { PublishedFigure, Recipe } from '../recipes/recipe.ts';
import { compareFigures } from './compare-figures.ts';
import type { ReproducedRun } from './reproduction.ts';

const source = 'a report';
const recipeOf = (...published: PublishedFigure[]): Recipe => ({ ...findRecipe('mlp-mse'), published });

function runOf(
  losses: readonly number[],
  more: Partial<ReproducedRun> = {},
  rates: readonly number[] = [],
): ReproducedRun {
  const rows = losses.map(
    (loss, i): MetricsRow => ({
      ...{ epoch: i + 1, loss, valLoss: loss + 1, reconstruction: loss - 2, kl: 2 },
      ...{ learningRate: rates[i] ?? 0.1, seconds: i + 1 },
    }),
  );
  return { seed: 1, trainImages: 1280, rows, keptEpoch: losses.length, isFinished: true, ...more };
}

test('a figure of an epoch is that column of that row, and judged by the mean of the runs', () => {
  const published = recipeOf({ metric: 'loss', epoch: 2, value: 10, within: 0.5, source });
  const runs = [runOf([30, 10.2, 9]), runOf([30, 10.6, 9])];
  expect(compareFigures(published, runs)).toMatchObject([{ measured: [10.2, 10.6], isWithin: true }]);
  const far = [runOf([30, 10.2, 9]), runOf([30, 11, 9])]; // 10.6 in the mean
  expect(compareFigures(published, far)).toMatchObject([{ measured: [10.2, 11], isWithin: false }]);
});

test('a run that has not come so far says nothing, and nothing is judged of no run', () => {
  const published = recipeOf({ metric: 'loss', epoch: 3, value: 10, within: 1, source });
  const [figure] = compareFigures(published, [runOf([30, 20], { isFinished: false })]);
  expect(figure!.measured).toEqual([]);
  expect(figure).not.toHaveProperty('isWithin');
});

test('epochs, the best one, and rate changes in their order are read off the rows', () => {
  const published = recipeOf(
    { metric: 'epochs', value: 6, source },
    { metric: 'bestEpoch', value: 5, source },
    { metric: 'rateChange', value: 2, source },
    { metric: 'rateChange', value: 5, source },
  );
  const run = runOf([6, 5, 4, 3, 2, 1], { keptEpoch: 4 }, [0.1, 0.1, 0.05, 0.05, 0.025, 0.025]);
  expect(compareFigures(published, [run]).map(({ measured }) => measured)).toEqual([[6], [4], [2], [4]]);
  const stopped = compareFigures(published, [{ ...run, isFinished: false }]);
  expect(stopped.map(({ measured }) => measured)).toEqual([[], [], [2], [4]]);
});

test('milliseconds a step are those of the median epoch', () => {
  const published = recipeOf({ metric: 'stepMilliseconds', value: 37, source });
  // 10 batches of 128; epochs of 1, 2 and 3 seconds
  expect(compareFigures(published, [runOf([3, 2, 1])])[0]!.measured).toEqual([200]);
});

test('what was measured on test images is that row of the evaluation, and no column', () => {
  const published = recipeOf({ metric: 'loss', isEvaluated: true, value: 10, within: 1, source });
  const measured = runOf([3, 2], { evaluation: { seconds: 1, values: { loss: 9.5 } } });
  expect(compareFigures(published, [measured])).toMatchObject([{ measured: [9.5], isWithin: true }]);
  expect(compareFigures(published, [runOf([3, 2])])[0]!.measured).toEqual([]);
});

test('a figure that may be lower is reproduced by any lower one, and by none far above', () => {
  const published = recipeOf({ metric: 'loss', value: 10, within: 1, orLower: true, source });
  const isWithin = (loss: number) => compareFigures(published, [runOf([loss])])[0]!.isWithin;
  expect([5, 9.5, 11, 11.5].map(isWithin)).toEqual([true, true, true, false]);
});

test('a figure that no source printed is measured, to be held beside another, and not judged', () => {
  const published = recipeOf({ metric: 'loss', within: 1, source });
  const [figure] = compareFigures(published, [runOf([10])]);
  expect(figure!.measured).toEqual([10]);
  expect(figure).not.toHaveProperty('isWithin');
});
