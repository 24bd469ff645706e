import type { ModelRow } from '@latentkit/testing';
import { createModel } from '../create-model.ts';
import type { ModelSpec } from '../model-spec.ts';
import { reparameterize } from '../reparameterize.ts';
import { createModelOracle } from './model-oracle.ts';

/** A spec's model beside its oracle, for the contract suite. */
export function modelRowOf(spec: ModelSpec): ModelRow {
  const model = createModel(spec);
  const { image, latentDim } = spec;
  return {
    model,
    oracle: createModelOracle(spec),
    image,
    latentDim,
    parameterShapes: model.parameterShapes,
    reparameterize,
  };
}
