import { LatentkitError } from '@latentkit/core';
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
