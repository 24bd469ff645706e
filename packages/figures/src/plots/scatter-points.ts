import { LatentkitError } from '@latentkit/core';
import type { PlaneNormal } from './prior-rings.ts';

/** Points of a plane, maybe with a class each. */
export interface LatentScatter {
  x: ArrayLike<number>;
  y: ArrayLike<number>;
  /** Class of each point, a whole number from 0; -1 for a point of no class. */
  labels?: ArrayLike<number>;
  /** What class `i` is called; its number by default. */
  classNames?: readonly string[];
  /** The normal distributions that the prior mixes in equal parts; their rings are drawn, and the axes hold them. */
  prior?: readonly PlaneNormal[];
  /** `z₁` by default. */
  xLabel?: string;
  /** `z₂` by default. */
  yLabel?: string;
}

/**
 * Indices of the points to draw: those that are finite, evenly thinned to `maxPoints`.
 *
 * @param where whose points they are, for messages.
 * @throws `E_SHAPE` when the lengths differ; `E_RANGE` when a label is not a class or `maxPoints` is below 1;
 * `E_NOT_FINITE` when no point is finite.
 */
export function drawnPoints(
  where: string,
  { x, y, labels, classNames }: LatentScatter,
  maxPoints: number,
): number[] {
  if (y.length !== x.length || (labels !== undefined && labels.length !== x.length)) {
    const got =
      labels === undefined ? `${x.length} and ${y.length}` : `${x.length}, ${y.length} and ${labels.length}`;
    throw new LatentkitError('E_SHAPE', `${where}: x, y and labels must have the same length, got ${got}`);
  }
  if (!(maxPoints >= 1)) {
    throw new LatentkitError('E_RANGE', `${where}: expected maxPoints >= 1, got ${maxPoints}`);
  }
  const classes = classNames?.length ?? Number.POSITIVE_INFINITY;
  const expected =
    classNames === undefined
      ? 'expected a whole number from 0, or -1'
      : `expected a class of 0 to ${classes - 1}, or -1`;
  for (let i = 0; i < (labels?.length ?? 0); i++) {
    const one = labels![i]!;
    if (!Number.isSafeInteger(one) || one < -1 || one >= classes) {
      throw new LatentkitError('E_RANGE', `${where}: label ${i} is ${one}, ${expected}`);
    }
  }
  const finite: number[] = [];
  for (let i = 0; i < x.length; i++) if (Number.isFinite(x[i]) && Number.isFinite(y[i])) finite.push(i);
  if (finite.length === 0) {
    throw new LatentkitError('E_NOT_FINITE', `${where}: none of the ${x.length} points is finite`);
  }
  if (finite.length <= maxPoints) return finite;
  return Array.from(
    { length: Math.floor(maxPoints) },
    (_, i) => finite[Math.floor((i * finite.length) / maxPoints)]!,
  );
}
