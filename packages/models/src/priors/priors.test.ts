import '@tensorflow/tfjs-backend-cpu';
import { describePrior } from '@latentkit/testing';
import * as tf from '@tensorflow/tfjs-core';
import { createModel } from '../create-model.ts';
import { parametersToArrays, parametersToTensors } from '../parameters.ts';
import { mlp, specOf } from '../testing/model-specs.ts';
import type { PriorSpec } from './priors.ts';
import { componentsProgram, samplePrior } from './sample-prior.ts';

await tf.setBackend('cpu');

const SPECS: readonly PriorSpec[] = [
  { type: 'standardNormal' },
  { type: 'mixture', components: 3 },
  { type: 'vamp', components: 4 },
];

for (const prior of SPECS) {
  for (const condition of [undefined, { classes: 2 }]) {
    const model = createModel(
      specOf([2, 2, 1], 1, mlp([3], 'tanh'), mlp([3]), { prior, ...(condition && { condition }) }),
    );
    const parameters = parametersToTensors(model.initialize(4));
    describePrior(`the prior ${prior.type}${condition ? ', conditional' : ''}`, {
      density: () => model.prior!.density({ parameters }),
      sample(count) {
        const program = componentsProgram(model.prior!);
        const components = program?.trace({ parameters, inputs: {}, scalars: {} }).outputs;
        return samplePrior(components && parametersToArrays(components), { count, latentDim: 1, seed: 3 });
      },
    });
  }
}
