export { type ClassMetrics, type EvaluateMetricsOptions, evaluate, type MetricEvent } from './evaluate.ts';
export { type EvaluateModelOptions, evaluateModel, type ModelEvaluation } from './evaluate-model.ts';
export type { ImageMetric, MeasureOptions, Metric, MetricRow } from './metrics/metric.ts';
export {
  type ChosenMetrics,
  chooseMetrics,
  METRICS,
  type MissingMetric,
  metricsNamed,
} from './metrics/metrics.ts';
export type { EvaluatedModel } from './subject/evaluated-model.ts';
export { openSubject, type SubjectOptions } from './subject/open-subject.ts';
export { type ImageScores, type ScoreOptions, scoreImages } from './subject/score-images.ts';
export type { ComputeOptions, LabelledExamples, Need, Subject } from './subject/subject.ts';
export { wordingFor } from './wording.ts';
