import type { ModelRow } from '@latentkit/testing';
import { createModel } from '../create-model.ts';
import type { ModelSpec } from '../model-spec.ts';
import { reparameterize } from '../reparameterize.ts';
import { createModelOracle } from './model-oracle.ts';

/** A spec's model beside its oracle, for the contract suite. */
export function modelRowOf(spec: ModelSpec): ModelRow {
  const model = createModel(spec);
  const { encoder, heads, decoder } = model.plan;
  const layers = [...encoder, ...heads, ...decoder].flatMap(({ name, kernelShape, units }) => [
    [`${name}.kernel`, kernelShape],
    [`${name}.bias`, [units]],
  ]);
  const learned = 'sigma' in spec.likelihood && spec.likelihood.sigma === 'learned';
  const parameterShapes = Object.fromEntries([...layers, ...(learned ? [['likelihood.logSigma', []]] : [])]);
  const { image, latentDim } = spec;
  return { model, oracle: createModelOracle(spec), image, latentDim, parameterShapes, reparameterize };
}
