import {
  type Given,
  LatentkitError,
  missingGradient,
  type Results,
  type TracedProgram,
} from '@latentkit/core';
import { checkValue, having } from '@latentkit/core/options';
import { meanOverBatch } from '@latentkit/losses';
import { add, multiply } from '@latentkit/losses/ops';
import type { PassContext } from '@latentkit/models';
import * as tf from '@tensorflow/tfjs-core';
import { type ClipSpec, clipGradients } from './clip-gradients.ts';
import { squaredNorm } from './gradient-norm.ts';
import { type Objective, objectiveRule, type Player } from './objective.ts';
import type { TermInfo } from './term.ts';
import { weightOf } from './weights.ts';

export interface StepProgramOptions {
  /** The step's numbers, of {@link scalarsAt}: which weights are 0 makes another program, what the others are does not. */
  scalars: Readonly<Record<string, number>>;
  clip?: ClipSpec;
  /** Measures the Euclidean norm of all gradients, before they are bounded, as the output `gradientNorm`. */
  gradientNorm?: boolean;
}

const playerRule = having('a player of the objective', { terms: 'object' });
const numbers = new WeakMap<Objective, number>();
let lastNumber = 0;

/** Tells apart what two objectives do on one session. */
function numberOf(objective: Objective): number {
  if (!numbers.has(objective)) {
    checkValue('program', 'objective', objective, objectiveRule);
    numbers.set(objective, ++lastNumber);
  }
  return numbers.get(objective)!;
}

/**
 * A player's step: its terms' means over the batch as outputs, the gradients of `sum of weight * term`, bounded, of the
 * parameters that it moves, and new state.
 *
 * Terms of weight 0 are measured but stay out of the sum and of the gradients, so that they cannot spoil either.
 *
 * @throws `E_CONFIG` where no term has a weight.
 */
export function stepProgram(
  objective: Objective,
  player: Player,
  options: StepProgramOptions,
): TracedProgram<tf.Tensor> {
  const number = numberOf(objective);
  if (!player?.terms) checkValue('stepProgram', 'player', player, playerRule);
  const { scalars, clip = {}, gradientNorm = false } = Object(options) as StepProgramOptions;
  const counted = player.terms.filter((term) => weightOf(term, scalars) !== 0);
  if (counted.length === 0) {
    throw new LatentkitError(
      'E_CONFIG',
      `no term of the player '${player.name}' has a weight: there is nothing to minimise`,
      {
        fix: 'Give one a weight above 0',
      },
    );
  }
  const names = counted.map(({ name }) => name);
  return {
    key: `step ${number} ${player.name} of ${names} clip ${clip.value} ${clip.norm}${gradientNorm ? ' norm' : ''}`,
    trace(given) {
      const state: Record<string, tf.Tensor> = {};
      const emit = (name: string, next: tf.Tensor) => {
        state[name] = tf.keep(next);
      };
      let outputs: Record<string, tf.Tensor> = {};
      const moved = player.moves.map((name) => given.parameters[name]!);
      const loss = (...tensors: tf.Tensor[]) => {
        const parameters = { ...given.parameters };
        for (const [i, name] of player.moves.entries()) parameters[name] = tensors[i]!;
        const means = meansOf(player.terms, player.evaluate(contextOf({ ...given, parameters }, true, emit)));
        outputs = Object.fromEntries(Object.entries(means).map(([name, mean]) => [name, tf.keep(mean)]));
        return weighted(counted, means, given);
      };
      const gradients = gradientsOf(loss, moved);
      const clipped = clipGradients(gradients, clip);
      return {
        outputs: {
          ...outputs,
          ...(gradientNorm && { gradientNorm: tf.tidy(() => tf.sqrt(squaredNorm(gradients))) }),
        },
        gradients: Object.fromEntries(player.moves.map((name, i) => [name, clipped[i]!])),
        ...(Object.keys(state).length > 0 && { state }),
        guards: names,
      };
    },
  };
}

/** The terms of the first player, an example each or of the whole batch as each says, by the weights as they are. */
export function evaluationProgram(objective: Objective): TracedProgram<tf.Tensor> {
  return {
    key: `evaluation ${numberOf(objective)}`,
    trace: (given): Results<tf.Tensor> => ({
      outputs: objective.players[0].evaluate(contextOf(given, false, () => {})),
    }),
  };
}

function contextOf(given: Given<tf.Tensor>, training: boolean, emit: PassContext['emit']): PassContext {
  return { ...given, training, emit };
}

function meansOf(
  terms: readonly TermInfo[],
  values: Readonly<Record<string, tf.Tensor>>,
): Record<string, tf.Scalar> {
  return Object.fromEntries(
    terms.map(({ name, per }) => {
      const value = values[name];
      const expected = per === 'example' ? 1 : 0;
      if (value?.rank === expected)
        return [name, per === 'example' ? meanOverBatch(value) : (value as tf.Scalar)];
      throw new LatentkitError(
        'E_SHAPE',
        `the term '${name}' must give ${per === 'example' ? '[batch], a number an example' : '[], a number of the batch'}, ` +
          `got ${value ? `[${value.shape.join(', ')}]` : 'nothing'}`,
      );
    }),
  );
}

/** A weight that is always 1 multiplies nothing; the others are read from the scalars. */
function weighted(
  terms: readonly TermInfo[],
  means: Record<string, tf.Scalar>,
  { scalars }: Given<tf.Tensor>,
): tf.Scalar {
  return terms
    .map(({ name, weight }) =>
      weight === 1 ? means[name]! : multiply<tf.Scalar>(means[name]!, scalars[`weight.${name}`]!),
    )
    .reduce((sum, term) => add<tf.Scalar>(sum, term));
}

/** One gradient a tensor; zeros where the loss does not depend on it. */
function gradientsOf(
  loss: (...tensors: tf.Tensor[]) => tf.Scalar,
  tensors: readonly tf.Tensor[],
): tf.Tensor[] {
  return tf.tidy(() => {
    try {
      const { grads } = tf.engine().gradients(() => loss(...tensors), [...tensors], undefined, true);
      return grads.map((gradient, i) => gradient ?? tf.zeros(tensors[i]!.shape));
    } catch (error) {
      throw missingGradient(error) ?? error;
    }
  });
}
