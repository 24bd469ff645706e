import type { LayerPlan } from '../layer-plan.ts';
import type { Activation } from '../layers/activation.ts';

interface ConvolutionPlan {
  readonly kernelSize: number;
  /** Of its input. */
  readonly channels: number;
  readonly outputShape: readonly number[];
  readonly activation: Activation;
  /** 1 by default. */
  readonly stride?: number;
  /** Has a bias by default. */
  readonly hasBias?: boolean;
}

/** A convolution with a square kernel. */
export function planConvolution(
  name: string,
  { kernelSize, channels, outputShape, activation, stride = 1, hasBias = true }: ConvolutionPlan,
): LayerPlan {
  const units = outputShape.at(-1)!;
  const parameters = productOf([kernelSize, kernelSize, channels, units], units, hasBias);
  return { name, type: 'convolution', activation, stride, outputShape, parameters };
}

/** A kernel, and a bias a unit. */
export function productOf(kernel: readonly number[], units: number, hasBias = true): LayerPlan['parameters'] {
  return {
    kernel: { shape: kernel, init: 'glorot' },
    ...(hasBias && { bias: { shape: [units], init: 'zeros' } }),
  };
}
