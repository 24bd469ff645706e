import type { Points } from '../points.ts';
import { type Work, within } from '../work.ts';
import { meanOf, measure, scaleFor } from './deviations.ts';
import { descending } from './eigenpairs.ts';
import { type FindDirections, flat } from './find-directions.ts';
import type { PcaModel } from './pca-model.ts';
import type { Products } from './products.ts';

// Variances below this part of the largest are rounding errors of float32 points, and count as none.
const NO_VARIANCE = 1e-12;
// Numbers this near the largest by magnitude count as equal to it where a direction's sign is decided.
const EQUAL = 1e-6;

// Scores that are looked at in a step, about.
const PIECE = 2 ** 20;

export interface FitSettings {
  readonly components: number;
  readonly seed: number;
  readonly findDirections: FindDirections;
}

export interface FittedPca {
  readonly model: PcaModel;
  /** `[count, components]`: coordinates along the directions, in units of the points. */
  readonly codes: Float32Array;
}

/** Fits a model, and projects the points. */
export function* fitPca(
  points: Points,
  { components, seed, findDirections }: FitSettings,
  products: Products,
): Work<FittedPca> {
  const { count, dimensions } = points;
  const mean = yield* within(meanOf(points), 0, 0.05);
  const { squares, largest } = yield* within(measure(points, mean), 0.05, 0.1);
  const scale = scaleFor(largest, dimensions, 'createPca');
  const deviations = { points, mean, scale };
  const found = yield* within(findDirections(deviations, components, seed, products), 0.1, 0.85);
  for (const direction of found) {
    fixSign(direction);
    yield 0.85;
  }
  const unordered = yield* within(products.project(deviations, flat(found), components), 0.85, 0.98);
  // The variance along a direction is exact to second order where the direction is to first.
  const squaresAlong = yield* within(sumSquares(unordered, components), 0.98, 0.99);
  const order = descending(squaresAlong);
  const degrees = Math.max(1, count - 1);
  const explainedVariance = Float64Array.from(order, (i) => {
    const along = squaresAlong[i]!;
    return along > NO_VARIANCE * squaresAlong[order[0]!]! ? along / scale / scale / degrees : 0;
  });
  const model = {
    mean,
    directions: flat(order.map((i) => found[i]!)),
    explainedVariance,
    explainedVarianceRatio: explainedVariance.map((variance) =>
      squares > 0 ? Math.min(1, (variance * degrees) / squares) : 0,
    ),
    singularValues: explainedVariance.map((variance) => Math.sqrt(variance * degrees)),
  };
  const codes = yield* within(reorder(unordered, order, 1 / scale), 0.99, 1);
  return { model, codes };
}

/** `codes[i, j] = factor * scores[i, order[j]]` */
function* reorder(scores: Float32Array, order: readonly number[], factor: number): Work<Float32Array> {
  const codes = new Float32Array(scores.length);
  for (let at = 0; at < scores.length; at += order.length) {
    for (let i = 0; i < order.length; i++) codes[at + i] = scores[at + order[i]!]! * factor;
    if (at % PIECE < order.length) yield at / scores.length;
  }
  return codes;
}

function* sumSquares(scores: Float32Array, components: number): Work<Float64Array> {
  const sums = new Float64Array(components);
  for (let at = 0; at < scores.length; at += components) {
    for (let i = 0; i < components; i++) sums[i]! += scores[at + i]! * scores[at + i]!;
    if (at % PIECE < components) yield at / scores.length;
  }
  return sums;
}

/** Turns a direction so that its largest number by magnitude, the first of equals, is positive. */
function fixSign(direction: Float64Array): void {
  const most = direction.reduce((best, value) => Math.max(best, Math.abs(value)), 0);
  const first = direction.find((value) => Math.abs(value) >= (1 - EQUAL) * most)!;
  if (first > 0) return;
  for (let i = 0; i < direction.length; i++) direction[i] = -direction[i]!;
}
