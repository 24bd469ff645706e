export { createModel } from './create-model.ts';
export { formatSummary } from './format-summary.ts';
export { isVariational } from './kinds/is-variational.ts';
export type { ModelKind } from './kinds/kind.ts';
export { KINDS } from './kinds/kinds.ts';
export { type LayerPlan, layersOf, type ModelPlan, type ParameterPlan } from './layer-plan.ts';
export type { Activation } from './layers/activation.ts';
export type { LayerKind } from './layers/layer-kind.ts';
export { LAYERS } from './layers/layers.ts';
export { type Model, modelRule } from './model.ts';
export {
  brokenModelRule,
  defineModel,
  imageSchema,
  type ModelSpec,
  modelFields,
  modelSchema,
} from './model-spec.ts';
export { createDenseNet, type DenseNet } from './nets/dense-net.ts';
export {
  type ConvSpec,
  type MlpSpec,
  mlpSchema,
  NETS,
  type NetSpec,
  type ResidualSpec,
} from './nets/nets.ts';
export type { ParameterShapes } from './parameter-shapes.ts';
export { type Parameters, parametersToArrays, parametersToTensors } from './parameters.ts';
export type { ClassPass, Density, Latent, Pass, PassContext, PassOptions } from './pass.ts';
export type {
  Code,
  Codebook,
  Condition,
  EncodeOptions,
  LatentInfo,
  PassedModel,
} from './passed-model.ts';
export { codeSizeOf } from './plan-model.ts';
export type { Prior, PriorKind } from './priors/prior.ts';
export { hasStandardPrior, PRIORS, type PriorSpec } from './priors/priors.ts';
export type { Quantised } from './quantised.ts';
export { reparameterize } from './reparameterize.ts';
export { aggregatePosteriorSampler } from './samplers/aggregate-posterior.ts';
export {
  type FittedMixture,
  fitGaussianMixture,
  type GaussianMixture,
  type GaussianMixtureOptions,
} from './samplers/gaussian-mixture.ts';
export type { Sampler, SamplerKind } from './samplers/sampler.ts';
export { SAMPLERS } from './samplers/samplers.ts';
export { parseSavedModel, type SavedModel, savedModelOf } from './saved/model-json.ts';
export { type ModelSummary, type SummaryRow, summarizeModel } from './summarize-model.ts';
export { type AcceleratedModel, openTrainedModel, type SignalOptions } from './trained/accelerated-model.ts';
export type { Codes, LabelOptions, SampleOptions } from './trained/call.ts';
export { checkWeights } from './trained/check-weights.ts';
export { type EncodeDatasetOptions, type Encoder, encodeDataset } from './trained/encode-dataset.ts';
export {
  chooseLatentPlane,
  type LatentAxis,
  type LatentPlane,
  rankLatentAxes,
} from './trained/latent-plane.ts';
export { type LatentUse, latentUse } from './trained/latent-use.ts';
export { oneHotRows } from './trained/one-hot-rows.ts';
export { createTrainedModel, type TrainedModel } from './trained/trained-model.ts';
