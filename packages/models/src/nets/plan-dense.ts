import { type ImageShape, sizeOfShape } from '@latentkit/core';
import type { LayerPlan } from '../layer-plan.ts';
import type { Activation } from '../layers/activation.ts';

/** `[height, width, channels]`. */
export function imageDimensions({ height, width, channels }: ImageShape): [number, number, number] {
  return [height, width, channels];
}

/** A dense layer from `inputs` numbers to an output of any shape. */
export function planDense(
  name: string,
  inputs: number,
  outputShape: readonly number[],
  activation: Activation,
): LayerPlan {
  const units = sizeOfShape(outputShape);
  const parameters = {
    kernel: { shape: [inputs, units], init: 'glorot' },
    bias: { shape: [units], init: 'zeros' },
  } as const;
  return { name, type: 'dense', activation, outputShape, parameters };
}

/** Dense layers, one a size. */
export function planHidden(
  prefix: string,
  inputs: number,
  hidden: readonly number[],
  activation: Activation,
): LayerPlan[] {
  return hidden.map((units, i) =>
    planDense(`${prefix}.hidden${i + 1}`, i === 0 ? inputs : hidden[i - 1]!, [units], activation),
  );
}
