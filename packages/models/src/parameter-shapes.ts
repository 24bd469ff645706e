import type { Likelihood } from '@latentkit/losses';
import type { ModelPlan } from './layer-plan.ts';

/** Shapes by parameter name. */
export type ParameterShapes = Readonly<Record<string, readonly number[]>>;

/** Every parameter of a model in order: the layers' kernels and biases, and what the likelihood learns. */
export function parameterShapes(plan: ModelPlan, likelihood: Likelihood): ParameterShapes {
  const shapes: Record<string, readonly number[]> = {};
  for (const { name, kernelShape, units } of [...plan.encoder, ...plan.heads, ...plan.decoder]) {
    shapes[`${name}.kernel`] = kernelShape;
    shapes[`${name}.bias`] = [units];
  }
  return { ...shapes, ...likelihood.parameterShapes };
}
