import '@tensorflow/tfjs-backend-cpu';
import { describeModel } from '@latentkit/testing';
import * as tf from '@tensorflow/tfjs-core';
import { modelRowOf } from './testing/model-row-of.ts';
import { SMALL_SPECS } from './testing/model-specs.ts';

for (const [name, spec] of Object.entries(SMALL_SPECS)) {
  describeModel(`${name}, on tfjs's cpu backend`, {
    ...modelRowOf(spec),
    useBackend: () => tf.setBackend('cpu'),
  });
}
