import { meanOverBatch, weightedSum } from '@latentkit/losses';
import type { Parameters } from '@latentkit/models';
import * as tf from '@tensorflow/tfjs-core';
import { type ClipSpec, clipGradients } from './clip-gradients.ts';
import { type LossMetrics, lossMetrics } from './metrics.ts';
import { notFinite } from './not-finite.ts';
import type { Objective } from './objective.ts';
import type { Optimizer, UpdatePosition } from './optimizers/optimizer.ts';

/** Everything an update changes: weights by name, and the optimizer's slots as `<parameter>/<slot>`. */
export interface TrainedTensors {
  parameters: Parameters;
  slots: Parameters;
}

export interface StepOptions extends UpdatePosition {
  /** Weight of the KL. */
  beta: number;
  clip?: ClipSpec;
}

/** The means of the loss's terms over a batch, and the gradients of `reconstruction + beta * kl` by parameter name. */
interface TermsAndGradients {
  terms: { reconstruction: tf.Scalar; kl?: tf.Scalar };
  gradients: Record<string, tf.Tensor>;
}

function termsAndGradients(
  objective: Objective,
  parameters: Parameters,
  images: tf.Tensor4D,
  noise: tf.Tensor2D,
  beta: number,
): TermsAndGradients {
  const names = Object.keys(parameters);
  let terms: TermsAndGradients['terms'] | undefined;
  const { value, grads } = tf.valueAndGrads((...tensors: tf.Tensor[]) => {
    const varied = Object.fromEntries(names.map((name, i) => [name, tensors[i]!]));
    const perExample = objective.terms(varied, images, noise);
    const reconstruction = meanOverBatch(perExample.reconstruction);
    const kl = perExample.kl && meanOverBatch(perExample.kl);
    terms = { reconstruction: tf.keep(reconstruction), ...(kl && { kl: tf.keep(kl) }) };
    const weighted = [{ value: reconstruction, weight: 1 }];
    return weightedSum(kl ? [...weighted, { value: kl, weight: beta }] : weighted);
  })(names.map((name) => parameters[name]!));
  value.dispose();
  return { terms: terms!, gradients: Object.fromEntries(names.map((name, i) => [name, grads[i]!])) };
}

/** A step's loss and its bounded gradients, as tensors: what an accelerator repeats. */
export function clippedGradients(
  objective: Objective,
  parameters: Parameters,
  images: tf.Tensor4D,
  noise: tf.Tensor2D,
  { beta, clip = {} }: Pick<StepOptions, 'beta' | 'clip'>,
): TermsAndGradients {
  const { terms, gradients } = termsAndGradients(objective, parameters, images, noise, beta);
  const names = Object.keys(gradients);
  const clipped = clipGradients(Object.values(gradients), clip);
  return { terms, gradients: Object.fromEntries(names.map((name, i) => [name, clipped[i]!])) };
}

function readTerms({ reconstruction, kl }: TermsAndGradients['terms'], beta: number): LossMetrics {
  const metrics = lossMetrics(reconstruction.dataSync()[0]!, kl?.dataSync()[0], beta);
  tf.dispose(kl ? [reconstruction, kl] : [reconstruction]);
  return metrics;
}

/**
 * Loss and gradients of a batch by parameter name: `reconstruction + beta * kl`, mean over the batch.
 *
 * @param images `[batch, height, width, channels]` in the likelihood's data range.
 * @param noise standard normal, `[batch, latent]`; `[batch, 0]` for a plain autoencoder.
 * @returns the loss and its terms before the update, and one gradient a parameter, which the caller disposes of.
 * @example
 * const { metrics, gradients } = lossAndGradients(createObjective(model), parameters, images, noise, 1);
 */
export function lossAndGradients(
  objective: Objective,
  parameters: Parameters,
  images: tf.Tensor4D,
  noise: tf.Tensor2D,
  beta: number,
): { metrics: LossMetrics; gradients: Record<string, tf.Tensor> } {
  const { terms, gradients } = termsAndGradients(objective, parameters, images, noise, beta);
  return { metrics: readTerms(terms, beta), gradients };
}

/** Throws `E_NOT_FINITE` for a loss that is NaN or infinite. */
export function checkFinite(
  { loss, reconstruction, kl }: LossMetrics,
  { step, learningRate }: UpdatePosition,
): void {
  if (Number.isFinite(loss)) return;
  const terms = `reconstruction ${reconstruction}${kl === undefined ? '' : `, kl ${kl}`}`;
  throw notFinite(`the loss became ${loss} at step ${step} (${terms}, learning rate ${learningRate})`);
}

/**
 * One update: gradients of a batch, clipped, applied. New tensors come out and the old ones are disposed of.
 *
 * @throws `E_NOT_FINITE` when the loss is NaN or infinite; the weights are then as they were.
 * @example
 * const { metrics, next } = trainStep(objective, createOptimizer({ name: 'adam' }), tensors, images, noise, {
 *   learningRate: 1e-3,
 *   step: 1,
 *   beta: 1,
 * });
 */
export function trainStep(
  objective: Objective,
  optimizer: Optimizer,
  { parameters, slots }: TrainedTensors,
  images: tf.Tensor4D,
  noise: tf.Tensor2D,
  { beta, clip = {}, ...position }: StepOptions,
): { metrics: LossMetrics; next: TrainedTensors } {
  const { metrics, gradients } = lossAndGradients(objective, parameters, images, noise, beta);
  try {
    checkFinite(metrics, position);
  } catch (error) {
    tf.dispose(gradients);
    throw error;
  }
  const next = tf.tidy(() => {
    const names = Object.keys(parameters);
    const clipped = clipGradients(
      names.map((name) => gradients[name]!),
      clip,
    );
    const updated = { parameters: {} as tf.NamedTensorMap, slots: {} as tf.NamedTensorMap };
    for (const [i, name] of names.entries()) {
      const own = optimizer.slots.map((slot) => slots[`${name}/${slot}`]!);
      const result = optimizer.update(parameters[name]!, clipped[i]!, own, position);
      updated.parameters[name] = result.parameter;
      for (const [j, slot] of optimizer.slots.entries()) updated.slots[`${name}/${slot}`] = result.slots[j]!;
    }
    return updated;
  });
  tf.dispose([gradients, parameters as tf.NamedTensorMap, slots as tf.NamedTensorMap]);
  return { metrics, next };
}

/** The optimizer's memory before its first update: zeros, by `<parameter>/<slot>`. The caller disposes of them. */
export function emptySlots(optimizer: Optimizer, parameters: Parameters): Parameters {
  return Object.fromEntries(
    Object.entries(parameters).flatMap(([name, tensor]) =>
      optimizer.slots.map((slot) => [`${name}/${slot}`, tf.zerosLike(tensor)]),
    ),
  );
}
