import { LatentkitError, type NoiseRequests } from '@latentkit/core';
import { checkValue, having, whole } from '@latentkit/core/options';
import { createGate } from '@latentkit/losses/ops';
import type { Model } from '@latentkit/models';
import type { Objective } from './objective.ts';
import { codebookRenewal } from './renewal.ts';
import type { Term } from './term.ts';

export interface OfTermsOptions {
  /** Latent samples an example; 1 by default. */
  samples?: number;
  /** Whether the samples go through a gate, which a term's gradient tells its factors. */
  gated?: boolean;
  /** What they read of a batch; labels where the model has a condition, by default. */
  reads?: Objective['reads'];
}

// Columns of a row of metrics that are no term's.
const TAKEN = [
  'epoch',
  'loss',
  'valLoss',
  'valTarget',
  'learningRate',
  'beta',
  'seconds',
  'type',
  'batch',
  'batches',
  'images',
  'step',
];

/**
 * The objective of one player who moves all of a model's parameters to lessen a sum of terms.
 *
 * @throws `E_CONFIG` for no terms, two of one name, or a name that metrics use otherwise.
 */
export function ofTerms(
  model: Model,
  given: readonly Term[],
  { samples = 1, gated = false, reads = model.spec.condition ? ['labels'] : [] }: OfTermsOptions = {},
): Objective {
  checkTerms(given);
  const terms = given.map((term) => (term.unitOf ? { ...term, unit: term.unitOf(model) } : term));
  checkValue('createObjective', 'samples', samples, whole(1));
  const renewal = codebookRenewal(model);
  return {
    model,
    parameterShapes: {},
    initialize: (seed) => model.initialize(seed),
    reads,
    noise: { ...ofSamples(model.noise, samples), ...Object.assign({}, ...terms.map(({ noise }) => noise)) },
    scalars: Object.fromEntries(
      terms.flatMap(({ name, scalars = {} }) =>
        Object.entries(scalars).map(([key, schedule]) => [`${name}.${key}`, schedule]),
      ),
    ),
    samples,
    ...(renewal && { renewal }),
    leastBatch: Math.max(...terms.map(({ leastBatch = 1 }) => leastBatch)),
    players: [
      {
        name: 'model',
        moves: Object.keys(model.parameterShapes).filter((name) => !Object.hasOwn(model.stateShapes, name)),
        terms,
        evaluate(context) {
          const pass = model.pass(context, { samples, ...(gated && { gate: createGate() }) });
          return Object.fromEntries(terms.map((term) => [term.name, term.evaluate(pass)]));
        },
      },
    ],
  };
}

/** One sample's noise for so many: `[size]` becomes `[samples, size]`. */
function ofSamples(noise: NoiseRequests, samples: number): NoiseRequests {
  if (samples === 1) return noise;
  return Object.fromEntries(
    Object.entries(noise).map(([name, { distribution, shape }]) => [
      name,
      { distribution, shape: [samples, ...shape] },
    ]),
  );
}

const termRule = having(
  'a term',
  { name: 'string', evaluate: 'function' },
  'reconstruction() and kl() are some',
);

function checkTerms(terms: readonly Term[]): void {
  if (!Array.isArray(terms)) {
    throw new LatentkitError('E_CONFIG', 'createObjective: terms must be a list of terms');
  }
  for (const [i, term] of terms.entries()) checkValue('createObjective', `terms[${i}]`, term, termRule);
  const names = terms.map(({ name }) => name);
  if (names.length === 0)
    throw new LatentkitError('E_CONFIG', 'createObjective: expected one term or more, got none');
  for (const [i, name] of names.entries()) {
    if (typeof name !== 'string' || !/^[a-z][A-Za-z0-9]*$/.test(name)) {
      throw new LatentkitError(
        'E_CONFIG',
        `createObjective: a term's name must be a camelCase word, got '${name}'`,
      );
    }
    if (TAKEN.includes(name) || /^(val|weight)[A-Z]/.test(name)) {
      throw new LatentkitError('E_CONFIG', `createObjective: a term cannot be called '${name}'`, {
        fix: 'Metrics have another column of that name: choose another',
      });
    }
    if (names.indexOf(name) !== i) {
      throw new LatentkitError('E_CONFIG', `createObjective: two terms are called '${name}'`, {
        fix: 'Give each a name of its own',
      });
    }
  }
}
