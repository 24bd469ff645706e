import { LatentkitError, sizeOfShape } from '@latentkit/core';
import { fields, list, optional, whole, word } from '@latentkit/core/schema';
import type { LayerPlan } from '../layer-plan.ts';
import { activationSchema } from '../layers/activation.ts';
import { netKind } from './net-kind.ts';
import { planConvolution, productOf } from './plan-convolution.ts';
import { imageDimensions, planDense, planHidden } from './plan-dense.ts';

const KERNEL_SIZE = 3;
const STRIDE = 2;

/**
 * Convolutions that halve the image, one a filter count, and dense layers between them and the latent space. A
 * decoder mirrors it: dense layers, then transposed convolutions that double the image, then one that makes the channels.
 *
 * Convolutions pad to `ceil(size / stride)` and transposed ones undo exactly that, so any image size works, odd ones too.
 */
export const conv = netKind('conv', {
  fields: fields({
    type: word('conv'),
    filters: list(whole(1), {
      least: 1,
      fewer: "must name at least one convolution; for none, take type 'mlp'",
    }),
    /** Side of the square kernels; 3 by default. */
    kernelSize: optional(whole(1)),
    /** Step of every convolution but the output's; 2 by default. */
    stride: optional(whole(1)),
    hidden: optional(list(whole(1))),
    activation: activationSchema,
  }),
  planEncoder({ filters, kernelSize = KERNEL_SIZE, stride = STRIDE, hidden = [], activation }, image) {
    let [height, width, channels] = imageDimensions(image);
    const layers = filters.map((units, i): LayerPlan => {
      const before = channels;
      [height, width, channels] = [Math.ceil(height / stride), Math.ceil(width / stride), units];
      const outputShape = [height, width, units];
      return planConvolution(`encoder.conv${i + 1}`, {
        kernelSize,
        channels: before,
        outputShape,
        activation,
        stride,
      });
    });
    return [...layers, ...planHidden('encoder', height * width * channels, hidden, activation)];
  },
  planDecoder(
    { filters, kernelSize = KERNEL_SIZE, stride = STRIDE, hidden = [], activation },
    { codeShape, image, heads },
  ) {
    // The images' size after each layer, from the smallest to the model's: halved from the end, as the encoder does.
    const sizes = [[image.height, image.width] as const];
    for (const _ of filters) {
      const [height, width] = sizes[0]!;
      sizes.unshift([Math.ceil(height / stride), Math.ceil(width / stride)]);
    }
    const dense = planHidden('decoder', sizeOfShape(codeShape), hidden, activation);
    const outputShape = [...sizes[0]!, filters[0]!];
    const inputs = hidden.at(-1) ?? sizeOfShape(codeShape);
    const unfold =
      codeShape.length === 3 && hidden.length === 0
        ? planFromGrid(codeShape, { kernelSize, outputShape, activation })
        : planDense('decoder.unfold', inputs, outputShape, activation);
    const layers = filters.map((units, i): LayerPlan => {
      const kernel = [kernelSize, kernelSize, units, filters[Math.max(0, i - 1)]!];
      return {
        ...{ name: `decoder.deconv${i + 1}`, type: 'transposedConvolution', activation, stride },
        ...{ outputShape: [...sizes[i + 1]!, units], parameters: productOf(kernel, units) },
      };
    });
    const outputs = heads.map(({ name, perPixel }): LayerPlan => {
      const units = image.channels * perPixel;
      return {
        ...{ name: `decoder.${name}`, type: 'transposedConvolution', activation: 'linear', stride: 1 },
        outputShape: [image.height, image.width, units],
        parameters: productOf([kernelSize, kernelSize, units, filters.at(-1)!], units),
      };
    });
    return { decoder: [...dense, unfold, ...layers], outputs };
  },
});

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
