import { didYouMean, LatentkitError, shorten } from '@latentkit/core';
import { checkValue, listRule, type OptionRule } from '@latentkit/core/options';
import type { Subject } from '../subject/subject.ts';
import { subjectRule, whyNot } from '../subject/why-not.ts';
import { activeUnits, klPerDimension, knn, probe } from './codes.ts';
import { elbo } from './elbo.ts';
import { mse, psnr } from './errors.ts';
import { dci, factorVae, mig, sap } from './factors.ts';
import { frechet } from './frechet.ts';
import type { Metric } from './metric.ts';
import { bitsPerDimension, nll } from './nll.ts';
import { auroc, averagePrecision } from './outliers.ts';
import { parzen } from './parzen.ts';
import { smoothness } from './smoothness.ts';
import { ssim } from './ssim.ts';
import { loss } from './trained-loss.ts';

/** Everything that can be measured, in the order it is told: adding one is a file and a line. */
export const METRICS: readonly Metric[] = [
  elbo,
  loss,
  mse,
  nll,
  bitsPerDimension,
  psnr,
  ssim,
  activeUnits,
  klPerDimension,
  knn,
  probe,
  smoothness,
  mig,
  sap,
  dci,
  factorVae,
  frechet,
  parzen,
  auroc,
  averagePrecision,
];

/** What is not measured, and why. */
export interface MissingMetric {
  readonly metric: Metric;
  readonly why: string;
}

export interface ChosenMetrics {
  readonly chosen: readonly Metric[];
  readonly missing: readonly MissingMetric[];
}

/** Names, or a word for many. */
export const metricNamesRule: OptionRule = {
  be: "be 'default', 'all' or names of metrics",
  code: 'E_USAGE',
  fits: (value) =>
    value === 'default' ||
    value === 'all' ||
    (Array.isArray(value) && value.every((one) => typeof one === 'string')),
};

/**
 * The metrics that can be measured of a subject: those named, all, or the cheap ones by default; and what is missing, and why.
 *
 * @throws `E_UNKNOWN_NAME` for a metric that there is not; `E_USAGE` for one that was named and lacks something, with what.
 * @example
 * const { chosen, missing } = chooseMetrics('all', subject);
 * for (const { metric, why } of missing) console.log(`${metric.title} was not measured: ${why}`);
 */
export function chooseMetrics(names: readonly string[] | 'default' | 'all', subject: Subject): ChosenMetrics {
  checkValue('chooseMetrics', 'names', names, metricNamesRule);
  checkValue('chooseMetrics', 'subject', subject, subjectRule);
  const wanted =
    typeof names === 'string'
      ? METRICS.filter((metric) => names === 'all' || metric.byDefault || wantsOutliers(metric, subject))
      : metricsNamed(names);
  const chosen: Metric[] = [];
  const missing: MissingMetric[] = [];
  for (const metric of wanted) {
    const why = whyNot(metric, subject);
    if (why === undefined) chosen.push(metric);
    else if (typeof names === 'string') missing.push({ metric, why });
    else throw new LatentkitError('E_USAGE', `evaluate: '${metric.name}' cannot be measured: ${why}`);
  }
  return { chosen, missing };
}

/** Who hands foreign images over wants them told, however long that takes. */
function wantsOutliers({ needs }: Metric, { outliers }: Subject): boolean {
  return outliers !== undefined && needs.includes('outliers');
}

/**
 * Those of `METRICS` by their names, in the order of `METRICS`.
 *
 * @throws `E_UNKNOWN_NAME` for a name that there is not.
 */
export function metricsNamed(names: readonly string[]): Metric[] {
  checkValue('metricsNamed', 'names', names, listRule);
  const known = METRICS.map(({ name }) => name);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown === undefined) return METRICS.filter(({ name }) => names.includes(name));
  throw new LatentkitError('E_UNKNOWN_NAME', `evaluate: there is no metric '${shorten(unknown)}'`, {
    fix: didYouMean(shorten(unknown), known),
  });
}
