import {
  checkOptions,
  checkValue,
  functionRule,
  listRule,
  type OptionRules,
  signalRule,
  whole,
} from '@latentkit/core/options';
import { meanOf } from './mean-of.ts';
import {
  type ImageMetric,
  isOfImages,
  type MeasureOptions,
  type Metric,
  type MetricRow,
} from './metrics/metric.ts';
import type { Subject } from './subject/subject.ts';
import { subjectRule } from './subject/why-not.ts';
import { wordingFor } from './wording.ts';

/** The same of the images of a class. */
export interface ClassMetrics {
  /** -1 of those that have no class. */
  readonly label: number;
  readonly name?: string;
  readonly images: number;
  /** By the rows' names, of those that single images have. */
  readonly values: Readonly<Record<string, number>>;
}

/** A metric, measured. */
export interface MetricEvent {
  readonly metric: Metric;
  readonly rows: readonly MetricRow[];
  /** A number an image, by the row's name, where images have one. */
  readonly images: Readonly<Record<string, ArrayLike<number>>>;
  readonly seconds: number;
}

export interface EvaluateMetricsOptions extends MeasureOptions {
  /** Milliseconds from any origin; `performance.now` by default. */
  now?: () => number;
}

const RULES: OptionRules<EvaluateMetricsOptions> = {
  samples: whole(1),
  onProgress: functionRule,
  signal: signalRule,
  now: functionRule,
};

/**
 * Measures one metric after the other, and tells each as it comes.
 *
 * @param metrics those that `chooseMetrics` found possible.
 * @throws `E_RANGE` for no whole number of samples; what the model refuses; the signal's reason.
 * @example
 * for await (const { metric, rows, seconds } of evaluate(subject, chooseMetrics('all', subject).chosen)) {
 *   for (const { title, value, unit } of rows) console.log(title, value, unit);
 * }
 */
export async function* evaluate(
  subject: Subject,
  metrics: readonly Metric[],
  options: EvaluateMetricsOptions = {},
): AsyncGenerator<MetricEvent> {
  checkValue('evaluate', 'subject', subject, subjectRule);
  checkValue('evaluate', 'metrics', metrics, listRule);
  checkOptions('evaluate', options, RULES);
  const { now = () => performance.now(), onProgress, samples, signal } = options;
  const say = wordingFor(subject.spec);
  for (const [done, metric] of metrics.entries()) {
    signal?.throwIfAborted();
    const started = now();
    const measured = await metric.measure(subject, {
      ...{ samples, signal },
      onProgress: (fraction) => onProgress?.((done + fraction) / metrics.length),
    });
    const told = measured.map((row) => ({ ...row, unit: say(row.unit), convention: say(row.convention) }));
    onProgress?.((done + 1) / metrics.length);
    yield {
      metric,
      rows: told.map(rowOf),
      images: Object.fromEntries(told.filter(isOfImages).map(({ name, of }) => [name, of])),
      seconds: (now() - started) / 1000,
    };
  }
}

function rowOf(metric: ImageMetric | MetricRow): MetricRow {
  if (!isOfImages(metric)) return metric;
  const { of, ...about } = metric;
  return { ...about, ...meanOf(of) };
}

/** What was measured of single images, by their classes. */
export function classMetrics(
  events: readonly Pick<MetricEvent, 'images'>[],
  labels: ArrayLike<number>,
  classNames?: readonly string[],
): ClassMetrics[] {
  const metrics = events.flatMap(({ images }) => Object.entries(images));
  const members = new Map<number, number[]>();
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i]!;
    const indices = members.get(label);
    if (indices) indices.push(i);
    else members.set(label, [i]);
  }
  return [...members]
    .sort(([a], [b]) => a - b)
    .map(([label, indices]) => {
      const name = classNames?.[label];
      const values = metrics.map(([key, of]) => [key, meanOf(indices.map((i) => of[i]!)).value] as const);
      return {
        label,
        ...(name !== undefined && { name }),
        images: indices.length,
        values: Object.fromEntries(values),
      };
    });
}
