import '@tensorflow/tfjs-backend-cpu';
import { describePrior } from '@latentkit/testing';
import * as tf from '@tensorflow/tfjs-core';
import { createModel } from '../create-model.ts';
import type { ModelSpec } from '../model-spec.ts';
import { parametersToArrays, parametersToTensors } from '../parameters.ts';
import { mlp, specOf } from '../testing/model-specs.ts';
import type { PriorSpec } from './priors.ts';
import { componentsProgram, samplePrior, sampleUpper } from './sample-prior.ts';

await tf.setBackend('cpu');

const SPECS: readonly PriorSpec[] = [
  { type: 'standardNormal' },
  { type: 'mixture', components: 3 },
  { type: 'vamp', components: 4 },
];

const UPPER = { latentDim: 1, encoder: mlp([3], 'tanh'), decoder: mlp([3]) };
const KINDS: Readonly<Record<string, Partial<ModelSpec>>> = {
  '': {},
  ', conditional': { condition: { classes: 2 } },
  ', of an upper level': { kind: 'hierarchical', upper: UPPER },
  ', of an upper level, conditional': {
    ...{ kind: 'hierarchical', upper: UPPER },
    condition: { classes: 2 },
  },
};

for (const spec of SPECS) {
  for (const [what, change] of Object.entries(KINDS)) {
    const model = createModel(specOf([2, 2, 1], 1, mlp([3], 'tanh'), mlp([3]), { prior: spec, ...change }));
    const parameters = parametersToTensors(model.initialize(4));
    const prior = model.prior!.upper?.prior ?? model.prior!;
    describePrior(`the prior ${spec.type}${what}`, {
      density: () => prior.density({ parameters }),
      sample(count) {
        const program = componentsProgram(prior);
        const outputs = program?.trace({ parameters, inputs: {}, scalars: {} }).outputs;
        const components = outputs && parametersToArrays(outputs);
        if (!model.prior!.upper) return samplePrior(components, { count, latentDim: 1, seed: 3 });
        const sizes = { latentDim: 1, upperDim: 1 };
        return sampleUpper({ first: 0, end: count }, { ...sizes, seed: 3, components });
      },
    });
  }
}
