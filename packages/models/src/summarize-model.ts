import { sizeOfShape } from '@latentkit/core';
import type { LayerPlan } from './layer-plan.ts';
import type { Model } from './model.ts';

const TYPE_NAMES = { convolution: 'convolution', transposedConvolution: 'transposed convolution' };

/** A layer as a reader wants to see it. */
export interface SummaryRow {
  name: string;
  /** What it computes, e.g. `convolution 3 x 3, stride 2, relu`. */
  type: string;
  /** `[batch, ...]` with the batch left open. */
  outputShape: string;
  parameters: number;
}

/** A model's layers and parameter counts. */
export interface ModelSummary {
  encoder: SummaryRow[];
  decoder: SummaryRow[];
  encoderParameters: number;
  decoderParameters: number;
  /** Of the likelihood: 1 where sigma is learned. */
  likelihoodParameters: number;
  totalParameters: number;
}

/**
 * The layers of a model and their parameter counts, like Keras's `model.summary()`.
 *
 * @example
 * summarizeModel(model).encoderParameters; // 403972 for 784-512-(2)
 */
export function summarizeModel({ plan, parameterShapes }: Model): ModelSummary {
  const encoder = [...plan.encoder, ...plan.heads].map(summarizeLayer);
  const decoder = plan.decoder.map(summarizeLayer);
  const encoderParameters = countParameters(encoder);
  const decoderParameters = countParameters(decoder);
  const totalParameters = Object.values(parameterShapes).reduce((sum, shape) => sum + sizeOfShape(shape), 0);
  const likelihoodParameters = totalParameters - encoderParameters - decoderParameters;
  return { encoder, decoder, encoderParameters, decoderParameters, likelihoodParameters, totalParameters };
}

function summarizeLayer({ name, outputShape, kernelShape, units, ...layer }: LayerPlan): SummaryRow {
  const [height, width] = kernelShape;
  const parts = [
    layer.type === 'dense' ? 'dense' : `${TYPE_NAMES[layer.type]} ${height} x ${width}`,
    ...(layer.stride > 1 ? [`stride ${layer.stride}`] : []),
    ...(layer.activation === 'linear' ? [] : [layer.activation]),
  ];
  return {
    name,
    type: parts.join(', '),
    outputShape: `[batch, ${outputShape.join(', ')}]`,
    parameters: sizeOfShape(kernelShape) + units,
  };
}

function countParameters(rows: SummaryRow[]): number {
  return rows.reduce((total, { parameters }) => total + parameters, 0);
}
