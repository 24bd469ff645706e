import { LatentkitError } from '@latentkit/core';
import { anything, type OptionRule, type OptionRules, oneOf, seedRule } from '@latentkit/core/options';
import { type Points, requirePoints } from '../points.ts';

/** Throws unless `embedding` is a map of `points`: `E_SHAPE`, `E_NOT_FINITE`. */
export function requireMap(points: Points, embedding: Points, where: string): void {
  requirePoints(points, where);
  requirePoints(embedding, `${where}, embedding`);
  if (points.count === embedding.count) return;
  throw new LatentkitError(
    'E_SHAPE',
    `${where}: the embedding must have the ${points.count} points of the data, got ${embedding.count}`,
  );
}

/** Throws `E_RANGE` unless k is a whole number of 1 or more below `limit`, named by `limitName`. */
export function requireK(k: number, limit: number, limitName: string, where: string): void {
  if (Number.isInteger(k) && k >= 1 && k < limit) return;
  throw new LatentkitError(
    'E_RANGE',
    `${where}: k must be a whole number from 1, below ${limitName}, got ${k}`,
    {
      fix: 'Take more points or a smaller k',
    },
  );
}

/** Throws `E_SHAPE` unless there are `count` labels, `E_NOT_FINITE` unless all are numbers. */
export function requireLabels(labels: ArrayLike<number>, count: number, where: string): void {
  if (labels?.length !== count) {
    throw new LatentkitError(
      'E_SHAPE',
      `${where}: expected ${count} labels, one a point, got ${labels?.length ?? labels}`,
    );
  }
  for (let i = 0; i < count; i++) {
    if (Number.isFinite(labels[i])) continue;
    throw new LatentkitError('E_NOT_FINITE', `${where}: label ${i} is ${labels[i]}, expected a number`);
  }
}

/** Of the options that several measures have. */
export const QUALITY_RULES = {
  k: anything, // its range depends on the points
  metric: oneOf('euclidean', 'cosine'),
  seed: seedRule,
} satisfies Record<string, OptionRule>;

/** How random pairs of points are looked at. */
export interface PairOptions {
  seed?: number;
  /** Of the data; distances in the map are euclidean. */
  metric?: 'euclidean' | 'cosine';
}

export const PAIR_RULES: OptionRules<PairOptions> = {
  seed: QUALITY_RULES.seed,
  metric: QUALITY_RULES.metric,
};

/** Which draws of `Stream.quality` are for what, as its `step`. */
export const QUALITY_STEPS = { subsample: 0, triplets: 1, pairs: 2 } as const;
