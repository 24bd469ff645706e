export { type HeatMaps, heatMaps } from './anomalies/heat.ts';
export { compareMeasures, type MeasuredRun } from './compare/compare-measures.ts';
export { type ComparedRow, differingSettings } from './compare/compare-settings.ts';
export { describeComparability } from './compare/describe-comparability.ts';
export { configSchema, type ExperimentConfig } from './config-schema.ts';
export { datasetOfSets, type ImageLooks, imageLooks } from './data/dataset-of-sets.ts';
export { type FindRunPartOptions, type FoundRunPart, findRunPart } from './data/find-run-part.ts';
export { importNotes } from './data/import-notes.ts';
export { loadNamedDataset, type WantedImages } from './data/load-named-dataset.ts';
export { FILE_HEAD_BYTES, isArrayHead, looksForModel } from './data/looks-for-model.ts';
export { drawRunFigures, type RunFiguresOptions } from './figures/draw-run-figures.ts';
export type { FigureResult } from './figures/figure-result.ts';
export type { DrawnFigure, FigureModel, FigureSubject, RunFigure } from './figures/run-figure.ts';
export { RUN_FIGURES } from './figures/run-figures.ts';
export type { CodesFile, RunCodes } from './files/codes-table.ts';
export { type CodesFormat, formatCodes } from './files/format-codes.ts';
export { formatCodesCsv } from './files/format-codes-csv.ts';
export { modelSpecOf, tableColumnsOf } from './model-spec-of.ts';
export { type PartialConfig, parseConfig, parsePartialConfig } from './parse-config.ts';
export {
  type InterpolateCodesOptions,
  type InterpolatedLatent,
  type InterpolateLatentOptions,
  type InterpolationMethod,
  interpolateCodes,
  interpolateLatent,
} from './pictures/interpolate-latent.ts';
export type { Picture, PictureLook, PictureModel } from './pictures/picture.ts';
export {
  type ReconstructedImages,
  type ReconstructImagesOptions,
  reconstructImages,
} from './pictures/reconstruct-images.ts';
export {
  type DecodeLatentOptions,
  decodeLatent,
  type SampledImages,
  type SampleModelOptions,
  sampleModel,
} from './pictures/sample-model.ts';
export type { TraversedAxis } from './pictures/traversal.ts';
export {
  type TraversedLatent,
  type TraverseLatentOptions,
  traverseLatent,
  type WalkedPlane,
  type WalkLatentPlaneOptions,
  walkLatentPlane,
} from './pictures/traverse-latent.ts';
export {
  type MapProgress,
  type ProjectedMap,
  type ProjectPointsOptions,
  projectPoints,
} from './projection/project-points.ts';
export { qualityRow } from './projection/quality-row.ts';
export { findRecipe, recipes } from './recipes/find-recipe.ts';
export type { PublishedFigure, Recipe } from './recipes/recipe.ts';
export {
  type ComparisonContent,
  comparisonPage,
} from './report/comparison-page.ts';
export { type DataCounts, describeData, judgesOf } from './report/describe-data.ts';
export { thingsOf } from './report/evaluation-tables.ts';
export { repeatCommand } from './report/repeat-command.ts';
export type { ReportContent } from './report/report-content.ts';
export { type ReportOfRunOptions, type RunReport, reportOfRun } from './report/report-of-run.ts';
export { writeReport } from './report/write-report.ts';
export { type ComparedFigure, compareFigures } from './reproduction/compare-figures.ts';
export {
  parseReproduction,
  type ReproducedRecipe,
  type ReproducedRun,
  type Reproduction,
} from './reproduction/reproduction.ts';
export { writeReproduction } from './reproduction/write-reproduction.ts';
export {
  createModelPictures,
  type ModelPicture,
  type ModelPicturesOptions,
  type PicturesAt,
} from './sinks/model-pictures.ts';
export { type EventSink, withSinks } from './sinks/with-sinks.ts';
export { type SweepContent, sweepPage } from './sweep/sweep-page.ts';
export { type SweepTrial, sweepCsv, sweepMarkdown } from './sweep/sweep-results.ts';
export {
  describeSettings,
  parseSweep,
  planSweep,
  type SweepPlan,
  type SweepSpec,
  showSetting,
} from './sweep/sweep-spec.ts';
export {
  type DecodedRows,
  decodeRows,
  type SampledRows,
  type SampleRowsOptions,
  sampleRows,
} from './table/sample-rows.ts';
