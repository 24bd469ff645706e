export { describeLikelihood, type LikelihoodRow } from './describe-likelihood.ts';
export { describeLoss } from './describe-loss.ts';
export {
  describeMetric,
  type MetricContract,
  type TestedMetric,
  type TestedSubject,
} from './describe-metric.ts';
export { describeModel } from './describe-model.ts';
export {
  describeObjective,
  type ObjectivePrograms,
  type ObjectiveRow,
  type TestedObjective,
} from './describe-objective.ts';
export { describePrior, type PriorRow } from './describe-prior.ts';
export { describeTerm, type TermRow } from './describe-term.ts';
export { type Closeness, expectClose } from './expect-close.ts';
export { expectGradientsClose, type GradientCloseness } from './expect-gradients-close.ts';
export { type FiniteDifferencesOptions, finiteDifferences } from './finite-differences.ts';
export type { LossArgument, LossRow } from './loss-row.ts';
export type { ModelOracle, ModelRow, TestedModel } from './model-row.ts';
