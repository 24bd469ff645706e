export { makeFolders } from '@latentkit/formats/node';
export type { CodesFile, RunCodes } from './files/codes-table.ts';
export { type DataFingerprint, fingerprintOf, hasImagesOf } from './files/data-fingerprint.ts';
export { parseEvaluation, type RunEvaluation } from './files/evaluation-file.ts';
export { type CodesFormat, formatCodes } from './files/format-codes.ts';
export { numbersToJson } from './files/json-numbers.ts';
export {
  ANOMALY_FILES,
  ANOMALY_FOLDER,
  CODES_FILES,
  CODES_FOLDER,
  PICTURE_NAMES,
  type PictureName,
  PROJECTION_FILES,
  PROJECTION_FOLDER,
  picturePath,
  RUN_FILES,
} from './files/run-files.ts';
export { SHOWN_FILES } from './files/shown-images.ts';
export { type FindAnomaliesOptions, findAnomalies } from './node/anomalies/find-anomalies.ts';
export { type FitAnomalies, type FitAnomaliesOptions, fitAnomalies } from './node/anomalies/fit-anomalies.ts';
export { type JoinAnomaliesOptions, joinAnomalies } from './node/anomalies/join-anomalies.ts';
export type { FoundAnomalies, RankedExample } from './node/anomalies/rank-examples.ts';
export {
  type ScoreAnomaliesOptions,
  type ScoredAnomalies,
  scoreAnomalies,
} from './node/anomalies/score-anomalies.ts';
export type { ScoredExamples } from './node/anomalies/score-examples.ts';
export { formatAnomalies, writeAnomalies } from './node/anomalies/write-anomalies.ts';
export { checkNoLinkOut } from './node/check-no-link-out.ts';
export {
  findLeftovers,
  type Leftover,
  type LeftoverOptions,
  removeLeftover,
} from './node/clean/leftovers.ts';
export {
  type ComparedRun,
  type CompareRunsOptions,
  type Comparison,
  compareRuns,
} from './node/compare-runs.ts';
export { type DiagnoseOptions, diagnose } from './node/diagnose/diagnose.ts';
export type { Finding } from './node/diagnose/finding.ts';
export { type EncodeRunOptions, encodeRun } from './node/encode-run.ts';
export { type EvaluatedImages, type EvaluateRunOptions, evaluateRun } from './node/evaluate-run.ts';
export { folderOfDataset } from './node/folder-of-dataset.ts';
export { type ListedRun, listRuns } from './node/list-runs.ts';
export { type ImageFiles, type LoadDatasetOptions, loadDataset } from './node/load-dataset.ts';
export { checkRunData, type Evaluation, type LoadedRun, loadCheckpoint, loadRun } from './node/load-run.ts';
export {
  type LoadRunDatasetOptions,
  loadRunDataset,
  type RunDatasetOptions,
} from './node/load-run-dataset.ts';
export {
  type LoadRunImagesOptions,
  loadRunImages,
  type RunImages,
  type RunImagesOptions,
  type RunPart,
} from './node/load-run-images.ts';
export { type MissingPathOptions, missingPath } from './node/missing-path.ts';
export { nodeRunStore } from './node/node-run-store.ts';
export {
  type ArraysDatasetOptions,
  type ImageListeners,
  openImages,
  readArraysDataset,
  readImages,
} from './node/read-arrays-dataset.ts';
export { type ReadCodesOptions, readCodes } from './node/read-codes.ts';
export { type RunRecord, readRunRecord } from './node/read-run-record.ts';
export {
  type FileVectors,
  type ReadTableOptions,
  type ReadVectorsOptions,
  readLabels,
  readVectors,
} from './node/read-vectors.ts';
export { type ReportRunOptions, reportRun, type WrittenReport } from './node/report-run.ts';
export { type ReproduceEvent, type ReproduceOptions, reproduce } from './node/reproduce.ts';
export { checkResumable, type ResumeExperimentOptions, resumeExperiment } from './node/resume-experiment.ts';
export {
  checkRunDirectory,
  createRunDirectory,
  type RunDirectory,
  type RunDirectoryOptions,
} from './node/run-directory.ts';
export { type RunExperimentOptions, runExperiment } from './node/run-experiment.ts';
export { lockFolder, lockState, type RunLock } from './node/run-lock.ts';
export type { Shard } from './node/shard.ts';
export { type ShowRunOptions, showRun } from './node/show-run.ts';
export { createTensorboardSink, type TensorboardSinkOptions } from './node/tensorboard-sink.ts';
export { classNumber, labelsFor } from './node/told-classes.ts';
export { type TrainTrialOptions, type TrialResult, trainTrial } from './node/train-trial.ts';
export { type WriteImportedRunOptions, writeImportedRun } from './node/write-imported-run.ts';
export {
  type ProjectionReport,
  writeProjections,
} from './node/write-projections.ts';
export type {
  DiscardedEvent,
  ExperimentEvent,
  WriteRunOptions,
  WrittenEvent,
} from './node/write-run.ts';
