export { type AbsoluteErrorOptions, absoluteError } from './absolute-error.ts';
export { bernoulliNegativeLogLikelihood } from './bernoulli-negative-log-likelihood.ts';
export {
  type BetaBinomialOptions,
  betaBinomialNegativeLogLikelihood,
} from './beta-binomial-negative-log-likelihood.ts';
export { capacity } from './bounds/capacity.ts';
export { freeBits } from './bounds/free-bits.ts';
export { importanceWeighted } from './bounds/importance-weighted.ts';
export {
  type CategoricalOptions,
  categoricalMean,
  categoricalNegativeLogLikelihood,
} from './categorical-negative-log-likelihood.ts';
export {
  continuousBernoulliMean,
  continuousBernoulliNegativeLogLikelihood,
} from './continuous-bernoulli-negative-log-likelihood.ts';
export { createLikelihood, type LikelihoodSpec, likelihoodSchema } from './create-likelihood.ts';
export {
  type DiscretisedLogisticOptions,
  discretisedLogisticNegativeLogLikelihood,
} from './discretised-logistic-negative-log-likelihood.ts';
export { aggregatePosterior } from './divergences/aggregate-posterior.ts';
export type { Gaussian } from './divergences/gaussian.ts';
export { jointLogDensity } from './divergences/joint-log-density.ts';
export { klNormal } from './divergences/kl-normal.ts';
export { type MmdKernel, mmd } from './divergences/mmd.ts';
export { normalLogDensity } from './divergences/normal-log-density.ts';
export { pairwiseLogDensity } from './divergences/pairwise-log-density.ts';
export { type GaussianOptions, gaussianNegativeLogLikelihood } from './gaussian-negative-log-likelihood.ts';
export { gaussianPerImageScore } from './gaussian-per-image-score.ts';
export { gaussianPerPixelNegativeLogLikelihood } from './gaussian-per-pixel-negative-log-likelihood.ts';
export { type HuberOptions, huber } from './huber.ts';
export { klStandardNormal } from './kl-standard-normal.ts';
export { type Decoded, type Head, type Likelihood, scoreUnit, type Tensors } from './likelihood.ts';
export { columnDeviations } from './likelihoods/columns.ts';
export type { LikelihoodKind } from './likelihoods/likelihood-kind.ts';
export { LIKELIHOODS } from './likelihoods/likelihoods.ts';
export type { OutputFunction } from './likelihoods/output-schema.ts';
export { meanOverBatch } from './mean-over-batch.ts';
export { type SquaredErrorOptions, squaredError } from './squared-error.ts';
export { type UnexplainedVarianceOptions, unexplainedVariance } from './unexplained-variance.ts';
export { type WeightedTerm, weightedSum } from './weighted-sum.ts';
