import { LatentkitError, sizeOfShape } from '@latentkit/core';
import type { Likelihood } from '@latentkit/losses';
import { type LayerPlan, layersOf, type ModelPlan, type ParameterPlan } from './layer-plan.ts';

/** Numbers in all weights together that a model may have: 1 GB of float32. */
export const MOST_PARAMETERS = 2 ** 28;

/** Shapes by parameter name. */
export type ParameterShapes = Readonly<Record<string, readonly number[]>>;

/** How every parameter of a model begins, by name. */
export type ParameterPlans = Readonly<Record<string, ParameterPlan>>;

/**
 * Every parameter of a model in order: the layers' kernels and biases, what the likelihood learns, then the kernels of the
 * condition, what the prior learns and what no gradient moves.
 *
 * A kernel's draws are addressed by its place: what is new comes last, so that a model is born with the bits it always was.
 *
 * @throws `E_LIMIT` for more than 2^28 numbers, of which none is allocated.
 */
export function planParameters(
  plan: ModelPlan,
  { parameterShapes }: Likelihood,
  others: ParameterPlans,
): ParameterPlans {
  const own: Record<string, ParameterPlan> = {};
  const conditions: Record<string, ParameterPlan> = {};
  for (const { name, parameters } of layersOf(plan)) {
    for (const [parameter, one] of Object.entries(parameters)) {
      (parameter === 'condition' ? conditions : own)[`${name}.${parameter}`] = one;
    }
  }
  const likelihoods = Object.entries(parameterShapes).map(
    ([name, shape]) => [name, { shape, init: 'zeros' }] as const,
  );
  const plans = { ...own, ...Object.fromEntries(likelihoods), ...conditions, ...others };
  checkSize(plans);
  return plans;
}

/** The parameters of some layers. */
export function plansOf(layers: readonly LayerPlan[]): ParameterPlans {
  return Object.fromEntries(
    layers.flatMap(({ name, parameters }) =>
      Object.entries(parameters).map(([parameter, one]) => [`${name}.${parameter}`, one]),
    ),
  );
}

/** What some layers have that no gradient moves. */
export function statesOf(layers: readonly LayerPlan[]): ParameterPlans {
  return Object.fromEntries(
    layers.flatMap(({ name, state = {} }) =>
      Object.entries(state).map(([one, plan]) => [`${name}.${one}`, plan]),
    ),
  );
}

/** How large every parameter is, by name. */
export function shapesOf(plans: ParameterPlans): ParameterShapes {
  return Object.fromEntries(Object.entries(plans).map(([name, { shape }]) => [name, shape]));
}

function checkSize(plans: ParameterPlans): void {
  let total = 0;
  for (const [name, { shape }] of Object.entries(plans)) {
    total += sizeOfShape(shape);
    if (total <= MOST_PARAMETERS) continue;
    const [most, got] = [MOST_PARAMETERS, total].map((numbers) => numbers.toLocaleString('en-US'));
    throw new LatentkitError(
      'E_LIMIT',
      `createModel: expected at most ${most} parameters, got ${got} with '${name}' of [${shape.join(', ')}]`,
      { fix: 'Make latentDim, hidden, filters or components smaller' },
    );
  }
}
