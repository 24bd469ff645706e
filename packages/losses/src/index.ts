export { type AbsoluteErrorOptions, absoluteError } from './absolute-error.ts';
export { bernoulliNegativeLogLikelihood } from './bernoulli-negative-log-likelihood.ts';
export { createLikelihood } from './create-likelihood.ts';
export { type GaussianOptions, gaussianNegativeLogLikelihood } from './gaussian-negative-log-likelihood.ts';
export { klStandardNormal } from './kl-standard-normal.ts';
export type { Likelihood, LikelihoodParameters } from './likelihood.ts';
export { meanOverBatch } from './mean-over-batch.ts';
export { type SquaredErrorOptions, squaredError } from './squared-error.ts';
export { type WeightedTerm, weightedSum } from './weighted-sum.ts';
