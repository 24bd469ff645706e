import { LatentkitError } from '@latentkit/core';
import * as tf from '@tensorflow/tfjs-core';

/** Of eight bits. */
export const LEVELS = 256;

/** The most levels of a pixel: beyond, rounding would take more digits than float32 has beside the number. */
export const MOST_LEVELS = 65_536;

const TWO_23 = 8_388_608;

/** Number of the nearest of `levels` levels between 0 and 1: 0, 1, ..., levels - 1. */
export function nearestLevel(unit: tf.Tensor, levels: number): tf.Tensor {
  // Float32 has no halves from 2^23 on: the sum is rounded, and the difference exact. `tf.round` is not recorded.
  return tf.sub(tf.add(tf.mul(unit, levels - 1), TWO_23), TWO_23);
}

/** Throws `E_RANGE` unless levels are a whole number from `least` to 65,536. */
export function checkLevels(where: string, name: string, value: number, least = 2): void {
  if (Number.isInteger(value) && value >= least && value <= MOST_LEVELS) return;
  throw new LatentkitError(
    'E_RANGE',
    `${where}: ${name} must be a whole number from ${least} to ${MOST_LEVELS}, got ${value}`,
  );
}
