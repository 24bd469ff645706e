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
  const names = Object.keys(parameters);
  let metrics: LossMetrics | undefined;
  const { value, grads } = tf.valueAndGrads((...tensors: tf.Tensor[]) => {
    const varied = Object.fromEntries(names.map((name, i) => [name, tensors[i]!]));
    const terms = objective.terms(varied, images, noise);
    const reconstruction = meanOverBatch(terms.reconstruction);
    const kl = terms.kl && meanOverBatch(terms.kl);
    metrics = lossMetrics(reconstruction.dataSync()[0]!, kl?.dataSync()[0], beta);
    const weighted = [{ value: reconstruction, weight: 1 }];
    return weightedSum(kl ? [...weighted, { value: kl, weight: beta }] : weighted);
  })(names.map((name) => parameters[name]!));
  value.dispose();
  return { metrics: metrics!, gradients: Object.fromEntries(names.map((name, i) => [name, grads[i]!])) };
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
  if (!Number.isFinite(metrics.loss)) {
    tf.dispose(gradients);
    const { loss, reconstruction, kl } = metrics;
    const terms = `reconstruction ${reconstruction}${kl === undefined ? '' : `, kl ${kl}`}`;
    const { step, learningRate } = position;
    throw notFinite(`the loss became ${loss} at step ${step} (${terms}, learning rate ${learningRate})`);
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
