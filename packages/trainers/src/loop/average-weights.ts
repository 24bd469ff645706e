import type { NamedArrays } from '@latentkit/core';

/** A moving average of the weights, over steps. */
export interface AveragingSpec {
  /** How much of the average a step keeps, from 0 to below 1: 0.999 averages over the last thousand steps or so. */
  readonly decay: number;
  /** Which weights are compared, kept and given at the end; the averaged ones by default. */
  readonly keep?: 'averaged' | 'trained';
}

/**
 * Moves an average towards weights, in place: `a + (1 - d) (w - a)` with `d = min(decay, (1 + step) / (10 + step))`, lest it remember for
 * long where the run began.
 *
 * @param step 1 for the first.
 * @see Polyak & Juditsky 1992, Acceleration of Stochastic Approximation by Averaging
 */
export function moveAverage(
  averaged: NamedArrays,
  weights: NamedArrays,
  { decay, step }: { decay: number; step: number },
): void {
  const share = 1 - Math.min(decay, (1 + step) / (10 + step));
  for (const [name, { data }] of Object.entries(weights)) {
    const average = averaged[name]!.data;
    for (let i = 0; i < data.length; i++) average[i]! += share * (data[i]! - average[i]!);
  }
}

/** A copy that nothing later changes. */
export function copyArrays(arrays: NamedArrays): NamedArrays {
  return Object.fromEntries(
    Object.entries(arrays).map(([name, { shape, data }]) => [name, { shape, data: data.slice() }]),
  );
}
