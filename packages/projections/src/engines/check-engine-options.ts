import { createRandom, LatentkitError, Stream } from '@latentkit/core';
import { type Points, requirePoints } from '../points.ts';

/** The limits of an engine. */
export interface EngineLimits {
  /** For messages: `createUmapJs`. */
  readonly where: string;
  readonly fewest: number;
  readonly maxPoints: number;
  readonly seed: number;
  /** Options that are whole numbers, each with the least it may be. */
  readonly whole: Readonly<Record<string, readonly [value: number, least: number]>>;
  /** Options that must be above 0. */
  readonly positive: Readonly<Record<string, number>>;
}

/**
 * Throws unless the points are as many as an engine can do, and the numbers in its options in their ranges.
 *
 * @throws `E_SHAPE`, `E_NOT_FINITE` for bad points; `E_LIMIT` for too many; `E_RANGE` for too few, and for options.
 */
export function checkEngineOptions(
  points: Points,
  { where, fewest, maxPoints, seed, whole, positive }: EngineLimits,
): void {
  requirePoints(points, where);
  if (points.count < fewest) {
    throw new LatentkitError('E_RANGE', `${where}: expected ${fewest} points or more, got ${points.count}`);
  }
  if (!(points.count <= maxPoints)) {
    throw new LatentkitError('E_LIMIT', `${where}: ${points.count} points exceed maxPoints, ${maxPoints}`, {
      fix: "Take fewer points or Latentkit's own method, or raise maxPoints and wait",
    });
  }
  for (const [name, [value, least]] of Object.entries(whole)) {
    if (Number.isSafeInteger(value) && value >= least) continue;
    throw new LatentkitError(
      'E_RANGE',
      `${where}: ${name} must be a whole number of at least ${least}, got ${value}`,
    );
  }
  for (const [name, value] of Object.entries(positive)) {
    if (Number.isFinite(value) && value > 0) continue;
    throw new LatentkitError('E_RANGE', `${where}: ${name} must be a number above 0, got ${value}`);
  }
  createRandom({ seed, stream: Stream.projection }); // throws for what is no seed
}
