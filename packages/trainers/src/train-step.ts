import { LatentkitError } from '@latentkit/core';
import { meanOverBatch, weightedSum } from '@latentkit/losses';
import type { Parameters } from '@latentkit/models';
import * as tf from '@tensorflow/tfjs-core';
import { type ClipSpec, clipGradients } from './clip-gradients.ts';
import { type LossMetrics, lossMetrics } from './metrics.ts';
import type { Objective } from './objective.ts';
import type { Optimizer, UpdatePosition } from './optimizers/optimizer.ts';

/** Everything an update changes: weights by name, and the optimizer's slots as `<parameter>/<slot>`. */
export interface TrainedTensors {
  parameters: Parameters;
  slots: Parameters;
}

export interface StepOptions extends UpdatePosition {
  beta: number;
  clip?: ClipSpec;
}

/**
 * Loss and gradients of a batch by parameter name. The caller disposes of the gradients.
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
    const terms = objective.terms(
      Object.fromEntries(names.map((name, i) => [name, tensors[i]!])),
      images,
      noise,
    );
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
    throw notFinite(metrics, position);
  }
  const next = tf.tidy(() => {
    const names = Object.keys(parameters);
    const clipped = clipGradients(
      names.map((name) => gradients[name]!),
      clip,
    );
    const updated: { parameters: Record<string, tf.Tensor>; slots: Record<string, tf.Tensor> } = {
      parameters: {},
      slots: {},
    };
    names.forEach((name, i) => {
      const own = optimizer.slots.map((slot) => slots[`${name}/${slot}`]!);
      const result = optimizer.update(parameters[name]!, clipped[i]!, own, position);
      updated.parameters[name] = result.parameter;
      optimizer.slots.forEach((slot, j) => {
        updated.slots[`${name}/${slot}`] = result.slots[j]!;
      });
    });
    return updated;
  });
  tf.dispose([gradients, parameters, slots] as tf.TensorContainer);
  return { metrics, next };
}

/** The optimizer's memory at the start: zeros. */
export function emptySlots(optimizer: Optimizer, parameters: Parameters): Parameters {
  return Object.fromEntries(
    Object.entries(parameters).flatMap(([name, tensor]) =>
      optimizer.slots.map((slot) => [`${name}/${slot}`, tf.zerosLike(tensor)]),
    ),
  );
}

function notFinite(
  { loss, reconstruction, kl }: LossMetrics,
  { step, learningRate }: UpdatePosition,
): LatentkitError {
  const terms = `reconstruction ${reconstruction}${kl === undefined ? '' : `, kl ${kl}`}`;
  return new LatentkitError(
    'E_NOT_FINITE',
    `train: the loss became ${loss} at step ${step} (${terms}, learning rate ${learningRate})`,
    {
      fix: 'Lower the learning rate, clip the gradients (clip.norm, say 1), or look for NaN and huge values in the data; the last checkpoint is intact',
    },
  );
}
