import { type ImageSet, normalRows, Stream } from '@latentkit/core';
import { batches } from '@latentkit/datasets';
import type { Parameters } from '@latentkit/models';
import * as tf from '@tensorflow/tfjs-core';
import { createBreather } from './breathe.ts';
import { computeTerms } from './engines/compute-terms.ts';
import type { TrainingEngine } from './engines/training-engine.ts';
import { type LossMetrics, lossMetrics } from './metrics.ts';
import type { Objective } from './objective.ts';
import { type PreparedBatch, prepareBatch } from './prepared-batch.ts';

export interface EvaluateOptions {
  /** Weight of the KL; 1, the ELBO, by default. */
  beta?: number;
  /** Of noise and coins; 0 by default. */
  seed?: number;
  /** Whether pixels become coins, once and for all; `'none'` by default. */
  binarize?: 'none' | 'fixed';
  /** Images computed at once: more take more memory, and give the same loss. 500 by default. */
  batchSize?: number;
  /** Stops between two batches. */
  signal?: AbortSignal;
  /** Milliseconds from any origin; `performance.now` by default. */
  now?: () => number;
}

/**
 * The loss of a set, mean over its images: `reconstruction + beta * kl` with one latent sample an image. Image `i` keeps
 * the same noise whenever it is asked, so that epochs can be compared. The event loop turns between batches.
 *
 * @returns nats per image (whatever the likelihood measures, for one that is no density).
 * @throws `E_RANGE` for a set without images; the signal's reason when it is aborted.
 * @example
 * const { loss, kl } = await evaluateLoss(createObjective(model), parameters, dataset.validation, { seed: 42 });
 */
export async function evaluateLoss(
  objective: Objective,
  parameters: Parameters,
  set: ImageSet,
  options: EvaluateOptions = {},
): Promise<LossMetrics> {
  const terms = async (batch: PreparedBatch) => tf.tidy(() => computeTerms(objective, parameters, batch));
  return evaluateBy(terms, objective, set, options);
}

/** {@link evaluateLoss} by whatever computes the terms of a batch. */
export async function evaluateBy(
  termsOf: TrainingEngine['terms'],
  { likelihood, noiseSize }: Objective,
  set: ImageSet,
  {
    beta = 1,
    seed = 0,
    binarize = 'none',
    batchSize = 500,
    signal,
    now = () => performance.now(),
  }: EvaluateOptions = {},
): Promise<LossMetrics> {
  let reconstruction = 0;
  let kl: number | undefined;
  const range = likelihood.dataRange;
  const cut = { batchSize: Math.min(batchSize, set.count), shuffle: false, range, binarize, seed };
  const breathe = createBreather(now);
  for (const batch of batches(set, cut)) {
    signal?.throwIfAborted();
    const address = { seed, stream: Stream.validationNoise, index: batch.indices[0]! };
    const noise = normalRows(batch.size, noiseSize, address);
    const terms = await termsOf(prepareBatch(batch, noise));
    reconstruction += sum(terms.reconstruction);
    if (terms.kl) kl = (kl ?? 0) + sum(terms.kl);
    await breathe();
  }
  return lossMetrics(reconstruction / set.count, kl === undefined ? undefined : kl / set.count, beta);
}

/** In float64, in order. */
function sum(values: Float32Array): number {
  return values.reduce((total, value) => total + value, 0);
}
