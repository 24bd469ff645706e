export {
  type EarlyStoppingSpec,
  FRESH_PATIENCE,
  isBetter,
  isOutOfPatience,
  type PatienceState,
  stopEarly,
} from './callbacks/early-stopping.ts';
export {
  FRESH_PLATEAU,
  type PlateauState,
  type ReduceOnPlateauSpec,
  reduceOnPlateau,
  scaledLearningRate,
} from './callbacks/reduce-on-plateau.ts';
export type { Checkpoint, TrainingProgress } from './checkpoint.ts';
export { type ClipSpec, clipGradients } from './clip-gradients.ts';
export { type EvaluateOptions, evaluateLoss } from './evaluate-loss.ts';
export type { EpochMetrics, LossMetrics } from './metrics.ts';
export { createObjective, type Objective, type Terms } from './objective.ts';
export type { AdamSpec } from './optimizers/adam.ts';
export type { AdamaxSpec } from './optimizers/adamax.ts';
export { createOptimizer, type OptimizerSpec } from './optimizers/create-optimizer.ts';
export type { Optimizer, Updated, UpdatePosition } from './optimizers/optimizer.ts';
export type { RmspropSpec } from './optimizers/rmsprop.ts';
export type { SgdSpec } from './optimizers/sgd.ts';
export { train } from './train.ts';
export type { TrainOptions } from './train-options.ts';
export {
  emptySlots,
  lossAndGradients,
  type StepOptions,
  type TrainedTensors,
  trainStep,
} from './train-step.ts';
export type {
  CheckpointEvent,
  EndEvent,
  EpochEvent,
  StartEvent,
  StepEvent,
  TrainingEvent,
} from './training-event.ts';
