import { activeUnits, klPerDimension } from './codes.ts';
import { elbo } from './elbo.ts';
import { mse } from './errors.ts';
import type { Metric } from './metric.ts';
import { loss } from './trained-loss.ts';

/**
 * Those of `METRICS` that a pass or two over the images tell, in their order: for pages, which `METRICS` would bring a classifier's weights
 * and a projection's kernels.
 *
 * @example
 * const possible = PLAIN_METRICS.filter((metric) => whyNot(metric, subject) === undefined);
 * for await (const { rows } of evaluate(subject, possible)) console.log(rows);
 */
export const PLAIN_METRICS: readonly Metric[] = [elbo, loss, mse, activeUnits, klPerDimension];
