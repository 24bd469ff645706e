import type { Update } from '@latentkit/core';
import {
  atLeast,
  checkOptions,
  checkValue,
  having,
  needed,
  type OptionRules,
  objectRule,
  whole,
} from '@latentkit/core/options';
import type { Parameters } from '@latentkit/models';
import {
  type ClipSpec,
  changesOf,
  lossOf,
  type Objective,
  objectiveRule,
  type Player,
  type SessionTensors,
  stepProgram,
  withScalars,
} from '@latentkit/objectives';
import * as tf from '@tensorflow/tfjs-core';
import { applyRule } from '../optimizers/create-optimizer.ts';
import type { Optimizer, UpdatePosition } from '../optimizers/optimizer.ts';
import type { LossMetrics } from './metrics.ts';
import { notFinite } from './not-finite.ts';

export interface LossOptions {
  /** Weights of terms and the like, by the names of `scalarsAt`; what is left out is at the end of its schedule. */
  scalars?: Readonly<Record<string, number>>;
  /** Who moves; the first by default. */
  player?: Player;
}

export interface StepOptions extends UpdatePosition, LossOptions {
  clip?: ClipSpec;
}

const LOSS_RULES: OptionRules<LossOptions> = { scalars: objectRule, player: objectRule };
const STEP_RULES: OptionRules<StepOptions> = {
  ...LOSS_RULES,
  clip: objectRule,
  learningRate: needed(atLeast(0, { finite: true })),
  step: needed(whole(1)),
};
const optimizerRule = having(
  'an optimizer',
  { rule: 'object', coefficients: 'function' },
  "createOptimizer({ name: 'adam' }) makes one",
);
const tensorsRule = having('{ parameters, slots } of tensors', { parameters: 'object', slots: 'object' });

/**
 * Loss and gradients of a batch by parameter name: `sum of weight * term`, means over the batch.
 *
 * @param inputs `x`: images `[batch, height, width, channels]` in the likelihood's data range; `noise.<name>` as
 * `objective.noise` asks for (`noise.z`, `[batch, latent]`, for a VAE); `labels` where they are read.
 * @returns the loss and its terms before the update, and one gradient a parameter, which the caller disposes of.
 * @example
 * const { metrics, gradients } = lossAndGradients(createObjective(model), parameters, { x, 'noise.z': noise });
 */
export function lossAndGradients(
  objective: Objective,
  parameters: Parameters,
  inputs: Parameters,
  options: LossOptions = {},
): { metrics: LossMetrics; gradients: Record<string, tf.Tensor> } {
  checkValue('lossAndGradients', 'objective', objective, objectiveRule);
  checkOptions('lossAndGradients', options, LOSS_RULES);
  const { scalars, player = objective.players[0] } = options;
  const { metrics, results } = trace(objective, parameters, inputs, { scalars, player });
  if (results.state) tf.dispose(results.state as tf.NamedTensorMap);
  return { metrics, gradients: { ...results.gradients } };
}

function trace(
  objective: Objective,
  parameters: Parameters,
  inputs: Parameters,
  { scalars: given = {}, player, clip }: LossOptions & { player: Player; clip?: ClipSpec },
) {
  const scalars = withScalars(objective, given);
  const numbers = Object.fromEntries(
    Object.entries(scalars).map(([name, value]) => [name, tf.scalar(value)]),
  );
  try {
    const program = stepProgram(objective, player, { scalars, clip });
    const results = program.trace({ parameters, inputs, scalars: numbers });
    const values = Object.fromEntries(
      Object.entries(results.outputs).map(([name, tensor]) => [name, tensor.dataSync()[0]!]),
    );
    tf.dispose(results.outputs as tf.NamedTensorMap);
    return { metrics: { loss: lossOf(player.terms, values, scalars), ...values }, results };
  } finally {
    tf.dispose(numbers);
  }
}

/** Throws `E_NOT_FINITE` for a loss that is NaN or infinite. */
export function checkFinite({ loss, ...terms }: LossMetrics, { step, learningRate }: UpdatePosition): void {
  if (Number.isFinite(loss)) return;
  const named = Object.entries(terms).map(([name, value]) => `${name} ${value}`);
  throw notFinite(
    `the loss became ${loss} at step ${step} (${named.join(', ')}, learning rate ${learningRate})`,
  );
}

/**
 * One update: gradients of a batch, clipped, applied. New tensors come out and the old ones are disposed of.
 *
 * @throws `E_NOT_FINITE` when the loss is NaN or infinite; the weights are then as they were.
 * @example
 * const { metrics, next } = trainStep(objective, createOptimizer({ name: 'adam' }), tensors, { x, 'noise.z': noise }, {
 *   learningRate: 1e-3,
 *   step: 1,
 * });
 */
export function trainStep(
  objective: Objective,
  optimizer: Optimizer,
  tensors: SessionTensors,
  inputs: Parameters,
  options: StepOptions,
): { metrics: LossMetrics; next: SessionTensors } {
  checkValue('trainStep', 'objective', objective, objectiveRule);
  checkValue('trainStep', 'optimizer', optimizer, optimizerRule);
  checkValue('trainStep', 'tensors', tensors, tensorsRule);
  checkOptions('trainStep', options, STEP_RULES);
  const { clip, scalars, player = objective.players[0], ...position } = options;
  const { metrics, results } = trace(objective, tensors.parameters, inputs, { scalars, player, clip });
  const gradients = results.gradients as tf.NamedTensorMap;
  try {
    checkFinite(metrics, position);
  } catch (error) {
    tf.dispose(gradients);
    throw error;
  }
  const update: Update = { rule: optimizer.rule, coefficients: optimizer.coefficients(position) };
  const changed = tf.tidy(() => changesOf(results, tensors, update, applyRule) as ChangedTensors);
  tf.dispose(gradients);
  for (const part of ['parameters', 'slots'] as const) {
    for (const name of Object.keys(changed[part])) tensors[part][name]!.dispose();
  }
  return {
    metrics,
    next: {
      parameters: { ...tensors.parameters, ...changed.parameters },
      slots: { ...tensors.slots, ...changed.slots },
    },
  };
}

type ChangedTensors = { parameters: tf.NamedTensorMap; slots: tf.NamedTensorMap };

/** The optimizer's memory before its first update: zeros, by `<parameter>/<slot>`. The caller disposes of them. */
export function emptySlots(optimizer: Optimizer, parameters: Parameters): Parameters {
  checkValue('emptySlots', 'optimizer', optimizer, optimizerRule);
  checkValue('emptySlots', 'parameters', parameters, objectRule);
  return Object.fromEntries(
    Object.entries(parameters).flatMap(([name, tensor]) =>
      optimizer.rule.slots.map((slot) => [`${name}/${slot}`, tf.zerosLike(tensor)]),
    ),
  );
}
