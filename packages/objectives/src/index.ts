export { type ClipSpec, clipGradients } from './clip-gradients.ts';
export {
  createObjective,
  OBJECTIVES,
  type ObjectiveSpec,
  objectiveSchema,
  usualObjective,
} from './create-objective.ts';
export { type ApplyRule, changesOf, openEagerSession, type SessionTensors } from './eager-session.ts';
export { type Objective, objectiveRule, type Player, termsOf } from './objective.ts';
export type { ObjectiveContext, ObjectiveKind } from './objective-kind.ts';
export { evaluationProgram, type StepProgramOptions, stepProgram } from './programs.ts';
export type { Renewal } from './renewal.ts';
export type { Term, TermInfo } from './term.ts';
export { bound } from './terms/bound.ts';
export { commitment } from './terms/commitment.ts';
export {
  type DecomposedKlOptions,
  dimensionwiseKl,
  mutualInformation,
  totalCorrelation,
} from './terms/decomposed-kl.ts';
export { type KlOptions, kl, klTerms } from './terms/kl.ts';
export { type KlPenaltyOptions, klPenalty } from './terms/kl-penalty.ts';
export { type MmdTermOptions, mmdTerm } from './terms/mmd.ts';
export { classAccuracy, classBound, classEntropy, classification } from './terms/of-classes.ts';
export { perplexity } from './terms/perplexity.ts';
export { reconstruction } from './terms/reconstruction.ts';
export { lossOf, scalarsAt, weightColumnOf, weightOf, withBeta, withScalars } from './weights.ts';
