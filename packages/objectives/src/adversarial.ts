import { LatentkitError } from '@latentkit/core';
import { fields, optional, word } from '@latentkit/core/schema';
import { bernoulliNegativeLogLikelihood } from '@latentkit/losses';
import { add, stopGradient } from '@latentkit/losses/ops';
import { createDenseNet, type MlpSpec, type Model, mlpSchema, type PassContext } from '@latentkit/models';
import * as tf from '@tensorflow/tfjs-core';
import type { Objective, Player } from './objective.ts';
import { hasDistribution, objectiveKind } from './objective-kind.ts';
import { ofTerms } from './of-terms.ts';
import type { TermInfo } from './term.ts';
import { reconstruction } from './terms/reconstruction.ts';

/** The critic's network, where a spec does not say. */
const CRITIC: MlpSpec = { type: 'mlp', hidden: [128, 128], activation: 'leakyRelu' };

/**
 * The adversarial autoencoder. A critic learns to tell codes from draws of the prior, and the encoder to make codes that the critic
 * takes for draws, so that images can be decoded from the prior. Three move on each batch, one after the other, each with an optimizer
 * of its own: `autoencoder`, by the reconstruction; `critic`, by `-log D(prior) - log(1 - D(code))`; `encoder`, by `-log D(code)`.
 *
 * @see Makhzani et al.: "Adversarial autoencoders" (2016), section 2; the encoder's loss is that of Goodfellow et al. (2014), section 3,
 * which does not vanish where the critic is sure.
 */
export const adversarial = objectiveKind('adversarial', {
  fields: fields({ type: word('adversarial'), critic: optional(mlpSchema) }),
  create(model, { critic: spec = CRITIC }): Objective {
    requirePrior(model);
    const { latentDim } = model;
    const critic = createDenseNet('critic', spec, { inputs: latentDim, outputs: 1 });
    const base = ofTerms(model, [reconstruction()]);
    /** How unlikely the critic holds it that codes were drawn from the prior, or that they were not; nats, `[batch]`. */
    const surprise = ({ parameters }: PassContext, codes: tf.Tensor2D, areDrawn: boolean) => {
      const logits = critic.apply(parameters, codes);
      return bernoulliNegativeLogLikelihood(logits, tf.fill(logits.shape, Number(areDrawn)));
    };
    // Running statistics are heard from the first player alone: the others see the same images.
    const codesOf = (context: PassContext) => model.pass({ ...context, emit: () => {} }).code as tf.Tensor2D;
    const players: Objective['players'] = [
      { ...base.players[0], name: 'autoencoder' },
      player('critic', Object.keys(critic.parameterShapes), 'Critic', {
        name: 'critic',
        evaluate: (context) =>
          add(
            surprise(context, context.inputs['noise.prior'] as tf.Tensor2D, true),
            surprise(context, stopGradient(codesOf(context)), false),
          ),
      }),
      player('encoder', encoderOf(model), 'Adversary', {
        name: 'adversary',
        evaluate: (context) => surprise(context, codesOf(context), true),
      }),
    ];
    return {
      ...base,
      parameterShapes: critic.parameterShapes,
      initialize: (seed) => ({ ...model.initialize(seed), ...critic.initialize(seed) }),
      noise: { ...base.noise, prior: { distribution: 'normal', shape: [latentDim] } },
      players,
    };
  },
});

/** One who moves by a single term of an example, in nats. */
function player(
  name: string,
  moves: readonly string[],
  title: string,
  term: Pick<TermInfo, 'name'> & { evaluate(context: PassContext): tf.Tensor },
): Player {
  return {
    ...{ name, moves },
    terms: [{ ...{ name: term.name, title, unit: 'nats', per: 'example', weight: 1 } }],
    evaluate: (context) => ({ [term.name]: term.evaluate(context) }),
  };
}

/** What the code is computed with. */
function encoderOf({ plan, parameterShapes, stateShapes }: Model): string[] {
  const layers = [...plan.encoder, ...plan.heads].map(({ name }) => `${name}.`);
  return Object.keys(parameterShapes).filter(
    (name) => layers.some((layer) => name.startsWith(layer)) && !Object.hasOwn(stateShapes, name),
  );
}

/** Throws `E_CONFIG` unless codes are points that are to become like a prior. */
function requirePrior(model: Model): void {
  const { spec, prior, codebook } = model;
  if (hasDistribution(model) || codebook) {
    throw new LatentkitError(
      'E_CONFIG',
      `createObjective: 'adversarial' draws codes that are points to a prior, which those of kind '${spec.kind}' are not`,
      { fix: "Use kind 'autoencoder' with prior: { type: 'standardNormal' }" },
    );
  }
  if (prior) return;
  throw new LatentkitError(
    'E_CONFIG',
    "createObjective: 'adversarial' needs a prior that codes are to become like, and the model has none",
    { fix: "Give the model prior: { type: 'standardNormal' }" },
  );
}
