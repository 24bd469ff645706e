import { type ImageShape, LatentkitError, sizeOfShape } from '@latentkit/core';
import type { Head } from '@latentkit/losses';
import type { LayerPlan } from '../layer-plan.ts';
import type { Activation } from '../layers/activation.ts';
import { planConvolution, productOf } from './plan-convolution.ts';
import { planDense } from './plan-dense.ts';

/** Sizes of an image before each of some layers and after the last: the smallest first, divided from the end, as an encoder does. */
export function sizesUpTo({ height, width }: ImageShape, layers: number, stride: number): [number, number][] {
  const sizes: [number, number][] = [[height, width]];
  for (let i = 0; i < layers; i++) {
    const [rows, columns] = sizes[0]!;
    sizes.unshift([Math.ceil(rows / stride), Math.ceil(columns / stride)]);
  }
  return sizes;
}

/** From codes, or the dense layers after them, to the first map: a dense layer; a convolution where codes lie on a grid already. */
export function planUnfold(
  codeShape: readonly number[],
  hidden: readonly number[],
  layer: { kernelSize: number; outputShape: readonly number[]; activation: Activation },
): LayerPlan {
  const inputs = hidden.at(-1) ?? sizeOfShape(codeShape);
  return codeShape.length === 3 && hidden.length === 0
    ? planFromGrid(codeShape, layer)
    : planDense('decoder.unfold', inputs, layer.outputShape, layer.activation);
}

/** What makes the heads' channels of a full-sized map. */
export function planOutputs(
  heads: readonly Head[],
  image: ImageShape,
  { kernelSize, channels }: { kernelSize: number; channels: number },
): LayerPlan[] {
  return heads.map(({ name, perPixel }) => {
    const units = image.channels * perPixel;
    return {
      ...{ name: `decoder.${name}`, type: 'transposedConvolution', activation: 'linear', stride: 1 },
      outputShape: [image.height, image.width, units],
      parameters: productOf([kernelSize, kernelSize, units, channels], units),
    };
  });
}

/** A convolution in the place of the dense layer, of codes that lie on a grid already. */
function planFromGrid(
  [height, width, channels]: readonly number[],
  layer: Omit<Parameters<typeof planConvolution>[1], 'channels'>,
): LayerPlan {
  const [expectedHeight, expectedWidth] = layer.outputShape;
  if (height !== expectedHeight || width !== expectedWidth) {
    throw new LatentkitError(
      'E_CONFIG',
      `createModel: the decoder begins at ${expectedHeight} x ${expectedWidth}, and the encoder gives a grid of ${height} x ${width} codes`,
      { fix: 'Give encoder and decoder as many filters, and the same stride' },
    );
  }
  return planConvolution('decoder.unfold', { ...layer, channels: channels! });
}
