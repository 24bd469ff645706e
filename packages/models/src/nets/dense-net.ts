import type { NamedArrays } from '@latentkit/core';
import { checkOptions, checkValue, needed, textRule, whole } from '@latentkit/core/options';
import { checkBy } from '@latentkit/core/schema';
import type { Tensor2D } from '@tensorflow/tfjs-core';
import { initializeParameters } from '../initialize-parameters.ts';
import type { LayerPlan } from '../layer-plan.ts';
import { runLayers } from '../layers/layers.ts';
import { type ParameterShapes, plansOf, shapesOf } from '../parameter-shapes.ts';
import type { Parameters } from '../parameters.ts';
import { type MlpSpec, mlpSchema } from './nets.ts';
import { planDense, planHidden } from './plan-dense.ts';

const SIZE_RULES = { inputs: needed(whole(1)), outputs: needed(whole(1)) };

/** Kernels of networks beside a model are drawn from here on: models have fewer. */
const FIRST_DRAW = 2 ** 16;

/** A dense network beside a model: a critic, say. It holds no weights: they go in with every call. */
export interface DenseNet {
  readonly layers: readonly LayerPlan[];
  readonly parameterShapes: ParameterShapes;
  /** Fresh weights; the same for the same seed, bit for bit, everywhere. */
  initialize(seed: number): NamedArrays;
  /** `[rows, inputs] -> [rows, outputs]`, linear at the end. */
  apply(parameters: Parameters, x: Tensor2D): Tensor2D;
}

/**
 * A dense network with parameters `<name>.hidden1.kernel` to `<name>.output.bias`.
 *
 * @throws `E_CONFIG` for a spec that is none, `E_USAGE`, `E_RANGE` for sizes that are none.
 * @example
 * const critic = createDenseNet('critic', { type: 'mlp', hidden: [64], activation: 'relu' }, { inputs: 2, outputs: 1 });
 * critic.apply(parameters, codes); // [batch, 1]
 */
export function createDenseNet(
  name: string,
  spec: MlpSpec,
  sizes: { inputs: number; outputs: number },
): DenseNet {
  checkValue('createDenseNet', 'name', name, textRule);
  checkBy(mlpSchema, spec, 'createDenseNet: spec');
  checkOptions('createDenseNet', sizes, SIZE_RULES, 'sizes');
  const { hidden, activation } = spec;
  const { inputs, outputs } = sizes;
  const layers = [
    ...planHidden(name, inputs, hidden, activation),
    planDense(`${name}.output`, hidden.at(-1) ?? inputs, [outputs], 'linear'),
  ];
  const plans = plansOf(layers);
  return {
    layers,
    parameterShapes: shapesOf(plans),
    initialize: (seed) => initializeParameters(plans, seed, { first: FIRST_DRAW }),
    apply: (parameters, x) => runLayers(layers, x, { parameters }) as Tensor2D,
  };
}
