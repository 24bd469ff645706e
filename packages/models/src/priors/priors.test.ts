import '@tensorflow/tfjs-backend-cpu';
import { describePrior } from '@latentkit/testing';
import { createModel } from '../create-model.ts';
import { parametersToTensors } from '../parameters.ts';
import { mlp, specOf } from '../testing/model-specs.ts';
import type { PriorSpec } from './priors.ts';
import { samplePrior } from './sample-prior.ts';

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
      sample: (count) => samplePrior(model.prior!, parameters, { count, latentDim: 1, seed: 3 }),
    });
  }
}
