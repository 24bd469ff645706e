export { loadDataset, type LoadDatasetOptions } from './node/load-dataset.ts';
export { loadCheckpoint, loadRun, type LoadedRun } from './node/load-run.ts';
export { checkRunDirectory, createRunDirectory, RUN_FILES, type RunDirectory, type SavedModel } from './node/run-directory.ts';
export { type ExperimentEvent, runExperiment, type RunExperimentOptions, type WrittenEvent } from './node/run-experiment.ts';
