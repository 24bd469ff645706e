import type { Tensor } from '@tensorflow/tfjs-core';
import type { LayerPlan } from '../layer-plan.ts';
import { batchNorm } from './batch-norm.ts';
import { convolution } from './convolution.ts';
import { dense } from './dense.ts';
import { groupNorm } from './group-norm.ts';
import type { LayerContext, LayerKind } from './layer-kind.ts';
import { residual } from './residual.ts';
import { transposedConvolution } from './transposed-convolution.ts';

/** Every kind of layer: adding one is a file and a line. */
export const LAYERS: readonly LayerKind[] = [
  dense,
  convolution,
  transposedConvolution,
  groupNorm,
  batchNorm,
  residual,
];

/** What computes a planned layer. */
export function layerKindOf({ type }: LayerPlan): LayerKind {
  return LAYERS.find((kind) => kind.type === type)!;
}

/** One layer after the other; `inputGradient` is whether the first one's input wants a gradient. */
export function runLayers(layers: readonly LayerPlan[], x: Tensor, context: LayerContext): Tensor {
  return layers.reduce((input, layer, i) => {
    const inputGradient = i > 0 || (context.inputGradient ?? true);
    return layerKindOf(layer).apply(input, layer, { ...context, inputGradient }, runLayers);
  }, x);
}
