export {
  type AnomalyDetector,
  type AnomalyDetectorOptions,
  createAnomalyDetector,
  type DetectorModel,
  type Explanation,
  type FitOptions,
  loadAnomalyDetector,
  type Scored,
} from './anomalies/anomaly-detector.ts';
export { ANOMALY_SCORES, type AnomalyScore, type AnomalyScoreKind } from './anomalies/anomaly-scores.ts';
export { type AnomalyProtocol, type AnomalyTask, anomalyTask } from './anomalies/protocols.ts';
export { auroc, averagePrecision } from './anomalies/ranking.ts';
export type { FittedThreshold, SavedDetector } from './anomalies/saved-detector.ts';
export { thresholdRank, usualFalseAlarms } from './anomalies/threshold.ts';
export { type ClassMetrics, type EvaluateMetricsOptions, evaluate, type MetricEvent } from './evaluate.ts';
export { type EvaluateModelOptions, evaluateModel, type ModelEvaluation } from './evaluate-model.ts';
export {
  type Disentanglement,
  type DisentanglementOptions,
  measureDisentanglement,
} from './measures/disentanglement.ts';
export { type FactorVaeScoreOptions, factorVaeScore } from './measures/factor-vae-score.ts';
export { frechetDistance } from './measures/frechet-distance.ts';
export {
  fitLogisticRegression,
  type LogisticRegression,
  type LogisticRegressionOptions,
} from './measures/logistic-regression.ts';
export {
  type FactorScore,
  type MutualInformationGapOptions,
  mutualInformationGap,
} from './measures/mutual-information-gap.ts';
export { fitBandwidth, type ParzenOptions, parzenLogDensities } from './measures/parzen-window.ts';
export type { Vectors } from './measures/points.ts';
export { separatedAttributePredictability } from './measures/separated-attribute-predictability.ts';
export { structuralSimilarity } from './measures/ssim.ts';
export type { ImageMetric, MeasureOptions, Metric, MetricRow } from './metrics/metric.ts';
export {
  type ChosenMetrics,
  chooseMetrics,
  METRICS,
  type MissingMetric,
  metricsNamed,
} from './metrics/metrics.ts';
export { PLAIN_METRICS } from './metrics/plain-metrics.ts';
export type { EvaluatedModel } from './subject/evaluated-model.ts';
export { openSubject, type SubjectOptions } from './subject/open-subject.ts';
export { type ImageScores, type ScoreOptions, scoreImages } from './subject/score-images.ts';
export type { ComputeOptions, LabelledExamples, Need, Outliers, Subject } from './subject/subject.ts';
export { whyNot } from './subject/why-not.ts';
export { wordingFor } from './wording.ts';
