export { type LoadDatasetOptions, loadDataset } from './node/load-dataset.ts';
export { type LoadedRun, loadCheckpoint, loadRun } from './node/load-run.ts';
export { readLabels, readVectors } from './node/read-vectors.ts';
export { checkRunDirectory, createRunDirectory, type RunDirectory } from './node/run-directory.ts';
export {
  type ExperimentEvent,
  type RunExperimentOptions,
  runExperiment,
  type WrittenEvent,
} from './node/run-experiment.ts';
export { RUN_FILES } from './node/run-files.ts';
export type { SavedModel } from './node/saved-model.ts';
export {
  checkProjectionDirectory,
  PROJECTION_FILES,
  type ProjectionReport,
  writeProjections,
} from './node/write-projections.ts';
