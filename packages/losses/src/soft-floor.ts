import * as tf from '@tensorflow/tfjs-core';

/** A logarithm that does not fall below `least`: `least + softplus(raw - least)`, and what it was made of. */
export interface SoftFloor {
  readonly log: tf.Tensor;
  /** `raw - least`; the slope of `log` is its sigmoid. */
  readonly above: tf.Tensor;
}

/**
 * Keeps a learned scale from vanishing where data are given back exactly, which would have a likelihood without end.
 *
 * @see Rybkin, Daniilidis & Levine 2021, Simple and Effective VAE Training with Calibrated Decoders, appendix
 */
export function softFloor(raw: tf.Tensor, least: number): SoftFloor {
  const above = tf.sub(raw, least);
  return { above, log: tf.add(tf.softplus(above), least) };
}

/** The least log deviation of data from 0 to 1: less than a level of eight bits. */
export const LEAST_LOG_SIGMA = -6;
