export { availableWorkers, whyNoThreads } from './available-workers.ts';
export { type CarriedError, packError, unpackError } from './carried-error.ts';
export {
  checkExamples,
  checkLabelArray,
  checkLayout,
  checkPixels,
  checkShape,
  describeShape,
  type ImageRules,
  requireImageArray,
} from './check-images.ts';
export { didYouMean } from './did-you-mean.ts';
export { type ErrorCode, LatentkitError, type LatentkitErrorOptions } from './error.ts';
export { findNotFinite } from './find-not-finite.ts';
export { formatBytes } from './format-bytes.ts';
export {
  type Batch,
  type Dataset,
  type Examples,
  type Factors,
  type ImageSet,
  type ImageShape,
  type ImageSource,
  type LabelledPart,
  type Labels,
  pixelCount,
} from './image.ts';
export { missingGradient } from './missing-gradient.ts';
export { type NamedArrays, type NdArray, sizeOfShape } from './nd-array.ts';
export { nextTurn } from './next-turn.ts';
export {
  drawNoise,
  type NoiseArray,
  type NoiseDraws,
  type NoiseRequests,
  noiseArrays,
} from './noise.ts';
export { normalQuantile } from './normal-quantile.ts';
export { normalRows } from './normal-rows.ts';
export { indicesUpTo, permutation } from './permutation.ts';
export { philox4x32 } from './philox.ts';
export { pixelsToFloats, spreadPixels } from './pixel-floats.ts';
export { portableExp } from './portable-exp.ts';
export { portableLog } from './portable-log.ts';
export { portablePower } from './portable-power.ts';
export { portableCos, portableSin } from './portable-sin-cos.ts';
export { createRandom, type Random, type RandomAddress } from './random.ts';
export { type Schedule, scheduleAt } from './schedule.ts';
export type {
  Accelerator,
  AcceleratorMemory,
  Given,
  ProgramShapes,
  Results,
  Session,
  SessionData,
  SessionState,
  TracedProgram,
  Update,
  UpdateRule,
} from './session.ts';
export { shorten } from './shorten.ts';
export { Stream } from './stream.ts';
export {
  handleOf,
  type NodeThreads,
  nodeThreads,
  openWorkerPort,
  type WorkerEvents,
  type WorkerHandle,
  type WorkerPort,
} from './worker-handle.ts';
