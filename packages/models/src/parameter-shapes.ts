import type { ModelPlan } from './layer-plan.ts';
import type { ModelSpec } from './model-spec.ts';

/** Shapes by parameter name. */
export type ParameterShapes = Readonly<Record<string, readonly number[]>>;

/** Every parameter of a model in order: the layers' kernels and biases, and `likelihood.logSigma` where one is learned. */
export function parameterShapes({ likelihood }: ModelSpec, plan: ModelPlan): ParameterShapes {
  const shapes: Record<string, readonly number[]> = {};
  for (const { name, kernelShape, units } of [...plan.encoder, ...plan.heads, ...plan.decoder]) {
    shapes[`${name}.kernel`] = kernelShape;
    shapes[`${name}.bias`] = [units];
  }
  if (likelihood.type === 'gaussian' && likelihood.sigma === 'learned') shapes['likelihood.logSigma'] = [];
  return shapes;
}
