import { sizeOfShape } from '@latentkit/core';
import { checkValue } from '@latentkit/core/options';
import { flatLayers, type LayerPlan, type ParameterPlan } from './layer-plan.ts';
import { layerKindOf } from './layers/layers.ts';
import { type Model, modelRule } from './model.ts';

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
  /** What a kind has beside them: a classifier, say. */
  parts: { name: string; rows: SummaryRow[]; parameters: number }[];
  /** Of the likelihood: 1 where sigma is learned. */
  likelihoodParameters: number;
  /** Of a prior that learns. */
  priorParameters: number;
  /** Numbers that no gradient moves: of a codebook. */
  stateParameters: number;
  totalParameters: number;
}

/**
 * The layers of a model and their parameter counts, like Keras's `model.summary()`.
 *
 * @example
 * summarizeModel(model).encoderParameters; // 403972 for 784-512-(2)
 */
export function summarizeModel(model: Model): ModelSummary {
  checkValue('summarizeModel', 'model', model, modelRule);
  const { plan, parameterShapes, stateShapes, prior } = model;
  const encoder = flatLayers([...plan.encoder, ...plan.heads]).map(summarizeLayer);
  const decoder = flatLayers([...plan.decoder, ...plan.outputs]).map(summarizeLayer);
  const encoderParameters = countParameters(encoder);
  const decoderParameters = countParameters(decoder);
  const sizeOf = (shapes: Model['parameterShapes']) =>
    Object.values(shapes).reduce((sum, shape) => sum + sizeOfShape(shape), 0);
  const [totalParameters, stateParameters] = [sizeOf(parameterShapes), sizeOf(stateShapes)];
  const priorParameters = countNumbers(Object.values(prior?.parameters ?? {}));
  const parts = Object.entries(plan.parts ?? {}).map(([name, layers]) => {
    const rows = flatLayers(layers).map(summarizeLayer);
    return { name, rows, parameters: countParameters(rows) };
  });
  const layerParameters = countParameters([...encoder, ...decoder, ...parts.flatMap(({ rows }) => rows)]);
  const likelihoodParameters = totalParameters - layerParameters - priorParameters - stateParameters;
  return {
    ...{ encoder, decoder, encoderParameters, decoderParameters, parts },
    ...{ likelihoodParameters, priorParameters, stateParameters, totalParameters },
  };
}

function summarizeLayer(layer: LayerPlan): SummaryRow {
  const { name, outputShape, activation, parameters } = layer;
  const parts = [
    layerKindOf(layer).describe(layer),
    ...(parameters.condition ? [`condition of ${parameters.condition.shape[0]} classes`] : []),
    ...(activation === 'linear' ? [] : [activation]),
  ];
  return {
    name,
    type: parts.join(', '),
    outputShape: `[batch, ${outputShape.join(', ')}]`,
    parameters: countNumbers(Object.values(parameters)),
  };
}

function countNumbers(plans: readonly ParameterPlan[]): number {
  return plans.reduce((total, { shape }) => total + sizeOfShape(shape), 0);
}

function countParameters(rows: SummaryRow[]): number {
  return rows.reduce((total, { parameters }) => total + parameters, 0);
}
