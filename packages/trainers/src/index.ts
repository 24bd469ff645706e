export { type Alarm, type AlarmContext, findAlarms } from './alarms/find-alarms.ts';
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
export type { Checkpoint, TrainingProgress } from './checkpoint/checkpoint.ts';
export { checkProgress, metricsRowSchema } from './checkpoint/progress-schema.ts';
export type { AveragingSpec } from './loop/average-weights.ts';
export { type BatchRoom, batchRoom, largestBatch, type RoomOptions } from './loop/batch-room.ts';
export { type ExampleMetrics, evaluateEach } from './loop/evaluate-each.ts';
export { type EvaluateOptions, evaluateLoss, evaluateTerms } from './loop/evaluate-loss.ts';
export { type LossMetrics, type MetricsRow, termColumns, validationColumn } from './loop/metrics.ts';
export {
  emptySlots,
  type LossOptions,
  lossAndGradients,
  type StepOptions,
  trainStep,
} from './loop/train-step.ts';
export type { AdamSpec } from './optimizers/adam.ts';
export type { AdamaxSpec } from './optimizers/adamax.ts';
export {
  applyRule,
  createOptimizer,
  type OptimizerSpec,
  optimizerSchema,
} from './optimizers/create-optimizer.ts';
export type { Optimizer, Updated, UpdateFormula, UpdatePosition } from './optimizers/optimizer.ts';
export { playerOptimizer } from './optimizers/player-optimizer.ts';
export type { RmspropSpec } from './optimizers/rmsprop.ts';
export type { SgdSpec } from './optimizers/sgd.ts';
export { train } from './train.ts';
export type { RateCut, RewindSpec, TrainOptions } from './train-options.ts';
export {
  type AlarmEvent,
  type CheckpointEvent,
  type EndEvent,
  type EpochEvent,
  type RewindEvent,
  rowOf,
  type SnapshotEvent,
  type StartEvent,
  type StepEvent,
  type TrainingEvent,
} from './training-event.ts';
