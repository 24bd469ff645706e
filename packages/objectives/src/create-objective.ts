import { LatentkitError, shorten } from '@latentkit/core';
import { checkOptions, checkValue, having, type OptionRules, whole } from '@latentkit/core/options';
import { checkBy, named, type Schema, type SpecOf } from '@latentkit/core/schema';
import { type Model, modelRule } from '@latentkit/models';
import { adversarial } from './adversarial.ts';
import { betaTc } from './beta-tc.ts';
import { elbo } from './elbo.ts';
import { infoVae } from './info-vae.ts';
import { iwae } from './iwae.ts';
import type { Objective } from './objective.ts';
import { hasDistribution, type ObjectiveContext, type ObjectiveKind } from './objective-kind.ts';
import { ofTerms } from './of-terms.ts';
import { semiSupervised } from './semi-supervised.ts';
import type { Term } from './term.ts';
import { vq } from './vq.ts';

/** Every objective that a word is enough for: adding one is a file and a line. */
export const OBJECTIVES = [elbo, betaTc, infoVae, iwae, vq, adversarial, semiSupervised] as const;

/** An objective as data. */
export type ObjectiveSpec = SpecOf<(typeof OBJECTIVES)[number]['fields']>;

/** What an {@link ObjectiveSpec} may hold. */
export const objectiveSchema = named(
  'type',
  OBJECTIVES.map(({ type }) => type),
  OBJECTIVES.map(({ fields }) => fields) as unknown as [(typeof OBJECTIVES)[number]['fields']],
) as Schema<ObjectiveSpec>;

const specRule = having('an object with a type, or with terms', {}, (value) => {
  const type = typeof value === 'string' ? value : 'elbo';
  return `createObjective(model, { type: '${shorten(type)}' })`;
});
const CONTEXT_RULES: OptionRules<ObjectiveContext> = { examples: whole(1) };

/**
 * What a model minimises that nobody says anything else of.
 *
 * @example
 * usualObjective(createModel({ kind: 'vq', ... })); // { type: 'vq' }
 */
export function usualObjective(model: Model): ObjectiveSpec {
  checkValue('usualObjective', 'model', model, modelRule);
  if (model.classify) return { type: 'semiSupervised' };
  if (model.codebook) return { type: 'vq' };
  // Points that are to become like a prior.
  return { type: model.prior && !hasDistribution(model) ? 'adversarial' : 'elbo' };
}

/**
 * What training minimises: what its kind does by default (the negative ELBO; of a codebook `vq`, of a plain autoencoder with a prior
 * `adversarial`, of a classifier `semiSupervised`), another objective by its spec, or terms of your own.
 *
 * @param context what a spec may need to know of the run: `betaTc` wants the number of training images.
 * @throws `E_CONFIG` naming a field that does not fit, or what cannot be combined and what to do instead; `E_USAGE` where
 * the context lacks something.
 * @example
 * createObjective(model, { type: 'betaTc', totalCorrelation: 6 }, { examples: dataset.train.count });
 * const sparsity = { name: 'sparsity', title: 'Sparsity', unit: '', per: 'example', weight: 0.01, evaluate: ({ code }) => ... };
 * createObjective(model, { terms: [reconstruction(), kl(), sparsity] });
 */
export function createObjective(
  model: Model,
  given?: ObjectiveSpec | { terms: readonly Term[]; samples?: number },
  context: ObjectiveContext = {},
): Objective {
  checkValue('createObjective', 'model', model, modelRule);
  const what = given === undefined ? usualObjective(model) : given;
  checkValue('createObjective', 'objective', what, specRule);
  checkOptions('createObjective', context, CONTEXT_RULES);
  if ('terms' in what) {
    const { terms, samples, ...rest } = what;
    const [unknown] = Object.keys(rest);
    if (unknown === undefined) return ofTerms(model, terms, { samples });
    throw new LatentkitError(
      'E_CONFIG',
      `createObjective: there is no option '${unknown}' beside terms and samples`,
    );
  }
  checkBy(objectiveSchema, what, 'createObjective');
  checkKind(model, what);
  const kind = OBJECTIVES.find(({ type }) => type === what.type) as unknown as ObjectiveKind;
  return kind.create(model, what, context);
}

/** A model that tells classes needs the objective that does: others would train half of it. */
function checkKind({ spec: { kind }, classify }: Model, { type }: ObjectiveSpec): void {
  if (!classify || type === 'semiSupervised') return;
  throw new LatentkitError(
    'E_CONFIG',
    `createObjective: a model of kind '${kind}' is trained by 'semiSupervised', not by '${type}'`,
    { fix: 'Leave the objective out, or take another kind of model' },
  );
}
