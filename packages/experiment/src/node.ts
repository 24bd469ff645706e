export { type LoadDatasetOptions, loadDataset } from './node/load-dataset.ts';
export { type LoadedRun, loadCheckpoint, loadRun } from './node/load-run.ts';
export {
  checkRunDirectory,
  createRunDirectory,
  RUN_FILES,
  type RunDirectory,
  type SavedModel,
} from './node/run-directory.ts';
export {
  type ExperimentEvent,
  type RunExperimentOptions,
  runExperiment,
  type WrittenEvent,
} from './node/run-experiment.ts';
