import { sizeOfShape } from '@latentkit/core';
import { fields, list, optional, whole, word } from '@latentkit/core/schema';
import type { LayerPlan } from '../layer-plan.ts';
import { activationSchema } from '../layers/activation.ts';
import { netKind } from './net-kind.ts';
import { planConvolution, productOf } from './plan-convolution.ts';
import { planOutputs, planUnfold, sizesUpTo } from './plan-decoder-parts.ts';
import { imageDimensions, planHidden } from './plan-dense.ts';

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
    const sizes = sizesUpTo(image, filters.length, stride);
    const dense = planHidden('decoder', sizeOfShape(codeShape), hidden, activation);
    const outputShape = [...sizes[0]!, filters[0]!];
    const unfold = planUnfold(codeShape, hidden, { kernelSize, outputShape, activation });
    const layers = filters.map((units, i): LayerPlan => {
      const kernel = [kernelSize, kernelSize, units, filters[Math.max(0, i - 1)]!];
      return {
        ...{ name: `decoder.deconv${i + 1}`, type: 'transposedConvolution', activation, stride },
        ...{ outputShape: [...sizes[i + 1]!, units], parameters: productOf(kernel, units) },
      };
    });
    const outputs = planOutputs(heads, image, { kernelSize, channels: filters.at(-1)! });
    return { decoder: [...dense, unfold, ...layers], outputs };
  },
});
