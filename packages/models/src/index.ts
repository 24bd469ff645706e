export { type Code, createModel, type Model } from './create-model.ts';
export { formatSummary } from './format-summary.ts';
export type { LayerPlan, ModelPlan } from './layer-plan.ts';
export type { Activation, ConvSpec, MlpSpec, ModelSpec } from './model-spec.ts';
export type { ParameterShapes } from './parameter-shapes.ts';
export { type Parameters, parametersToArrays, parametersToTensors } from './parameters.ts';
export { reparameterize } from './reparameterize.ts';
export { type ModelSummary, type SummaryRow, summarizeModel } from './summarize-model.ts';
