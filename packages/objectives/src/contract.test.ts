import { startWasmBackend } from '@latentkit/backend';
import type { ModelSpec } from '@latentkit/models';
import { describeObjective, describeTerm } from '@latentkit/testing';
import { createObjective, type ObjectiveSpec } from './create-objective.ts';
import * as programs from './index.ts';
import { dimensionwiseKl, mutualInformation, totalCorrelation } from './terms/decomposed-kl.ts';
import { kl } from './terms/kl.ts';
import { klPenalty } from './terms/kl-penalty.ts';
import { mmdTerm } from './terms/mmd.ts';
import { reconstruction } from './terms/reconstruction.ts';
import { smallBatch, smallModel, TWO_LEVELS } from './testing/small.ts';

await startWasmBackend();

const EXAMPLES = 100;
const inWords = (change: object) => (Object.keys(change).length > 0 ? ` with ${JSON.stringify(change)}` : '');
const CONV = { type: 'conv', filters: [3], activation: 'tanh' } as const;
const SPECS: readonly ObjectiveSpec[] = [
  { type: 'elbo', beta: 4 },
  { type: 'elbo', beta: 0.5, freeBits: 0.01 },
  { type: 'elbo', capacity: { type: 'linear', from: 0, to: 2 } },
  { type: 'betaTc', totalCorrelation: 6 },
  { type: 'infoVae', mmd: 100, kl: 0.5 },
  { type: 'infoVae', mmd: 10, kernel: { type: 'inverseMultiquadratic' } },
  { type: 'iwae', samples: 3 },
  { type: 'iwae', samples: 3, gradient: 'doublyReparameterized' },
  { type: 'iwae', samples: 3, gradient: 'resampled' },
];

for (const spec of SPECS) {
  const objective = createObjective(smallModel(), spec, { examples: EXAMPLES });
  describeObjective(JSON.stringify(spec), {
    ...{ objective, programs, inputs: smallBatch(objective) },
    // An estimator of another expectation's gradient.
    estimates: spec.type === 'iwae' && spec.gradient !== undefined,
  });
}

const classifying = { kind: 'semiSupervised', condition: { classes: 3 } } as const;
const CLASSIFIERS: Readonly<Record<string, Partial<ModelSpec>>> = {
  semiSupervised: classifying,
  'semiSupervised, a mixture prior': { ...classifying, prior: { type: 'mixture', components: 2 } },
  'semiSupervised, networks without hidden layers': {
    ...classifying,
    encoder: { type: 'mlp', hidden: [], activation: 'relu' },
    decoder: { type: 'mlp', hidden: [], activation: 'relu' },
  },
  'semiSupervised, convolutions': { ...classifying, encoder: CONV, decoder: CONV },
  'semiSupervised, a convolutional classifier': {
    ...classifying,
    classifier: { type: 'conv', filters: [2], activation: 'tanh' },
  },
};

const VAMP: Partial<ModelSpec> = { prior: { type: 'vamp', components: 3 } };
for (const [spec, change] of [
  [{ type: 'elbo', beta: 2 }, {}],
  [{ type: 'iwae', samples: 3 }, {}],
  [{ type: 'betaTc', totalCorrelation: 6 }, {}],
  [{ type: 'infoVae', mmd: 100, kl: 0.5 }, {}],
  [{ type: 'elbo', beta: 2 }, VAMP],
  [{ type: 'iwae', samples: 3 }, VAMP],
  [{ type: 'elbo' }, { ...VAMP, condition: { classes: 3 } }],
] as const satisfies readonly (readonly [ObjectiveSpec, Partial<ModelSpec>])[]) {
  const model = smallModel({ ...TWO_LEVELS, ...change });
  const objective = createObjective(model, spec, { examples: EXAMPLES });
  describeObjective(`two levels${inWords(change)} by ${JSON.stringify(spec)}`, {
    ...{ objective, programs, inputs: smallBatch(objective) },
  });
}

for (const [name, change] of Object.entries(CLASSIFIERS)) {
  const objective = createObjective(smallModel(change));
  describeObjective(name, { objective, programs, inputs: smallBatch(objective) });
}

for (const change of [
  { codebook: { size: 4 } },
  { codebook: { size: 3, vectors: 4 } },
  { codebook: { size: 5 }, encoder: CONV, decoder: CONV },
] as Partial<ModelSpec>[]) {
  const objective = createObjective(smallModel({ kind: 'vq', ...change }), { type: 'vq' });
  describeObjective(`vq of ${JSON.stringify(change)}`, {
    ...{ objective, programs, inputs: smallBatch(objective) },
    estimates: true, // the decoder's gradient goes straight through the codes
  });
}

const AUTOENCODER = { kind: 'autoencoder', prior: { type: 'standardNormal' } } as const;
const CRITIC = { type: 'mlp', hidden: [4], activation: 'tanh' } as const;
for (const change of [{}, { condition: { classes: 3 } }]) {
  const model = smallModel({ ...AUTOENCODER, ...change });
  const objective = createObjective(model, { type: 'adversarial', critic: CRITIC });
  const name = `adversarial${'condition' in change ? ', conditional' : ''}`;
  describeObjective(name, { objective, programs, inputs: smallBatch(objective) });
}

const TERMS = {
  reconstruction: reconstruction(),
  'the KL': kl(),
  'the KL by samples': kl({ estimate: 'sampled', weight: 2 }),
  'free bits': klPenalty({ weight: 1, freeBits: 0.01 }),
  'a capacity': klPenalty({ weight: 1, capacity: 2 }), // away from where |KL - capacity| has its kink
  'mutual information': mutualInformation({ weight: 1, examples: EXAMPLES }),
  'total correlation': totalCorrelation({ weight: 3, examples: EXAMPLES }),
  'dimension-wise KL': dimensionwiseKl({ weight: 1, examples: EXAMPLES }),
  'maximum mean discrepancy': mmdTerm({ weight: 10, latentDim: 2 }),
};

for (const [name, term] of Object.entries(TERMS)) {
  describeTerm(name, { term, model: smallModel(), programs, inputs: (objective) => smallBatch(objective) });
}
