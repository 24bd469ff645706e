// What a run's files are, and where they lie, for pages and Node alike: no figures, no reports, no disk.
export { RUN_FILES } from './files/run-files.ts';
export {
  encodeShownImages,
  parseShownImages,
  REPORT_FILES,
  SHOWN_FILES,
  SHOWN_IMAGES_FILE,
  type ShownImages,
} from './files/shown-images.ts';
export {
  type ImportedConfigOptions,
  type ImportedRunOptions,
  importedConfig,
  importedRunFiles,
  type ModelFromElsewhere,
} from './imported-run.ts';
export type { RunDescription } from './store/describe-run.ts';
export { createMemoryRunStore } from './store/memory-run-store.ts';
export { exportRun, importRun, type NamedBytes } from './store/move-run.ts';
export { datedRunName, freeRunName } from './store/new-run-name.ts';
export { openOpfsRunStore } from './store/opfs-run-store.ts';
export type { Continuation } from './store/plan-continuation.ts';
export {
  readCheckpoint,
  readDataFile,
  readSavedRun,
  type SavedCheckpoint,
  type SavedRun,
} from './store/read-saved-run.ts';
export { type RunSummary, readSummary } from './store/read-summary.ts';
export type { RunFileInfo, RunFiles, RunStore, RunWriter } from './store/run-store.ts';
export {
  listSavedRuns,
  type ResumeRunOptions,
  resumeRun,
  type SavedRunInfo,
  type SaveRunOptions,
  type SavingRun,
  saveRun,
} from './store/saved-runs.ts';
export { trainingOf } from './training-of.ts';
