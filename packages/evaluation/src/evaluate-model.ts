import { type Examples, LatentkitError } from '@latentkit/core';
import { anything, checkOptions, functionRule, type OptionRules, signalRule } from '@latentkit/core/options';
import { type ClassMetrics, classMetrics, evaluate, type MetricEvent } from './evaluate.ts';
import type { MetricRow } from './metrics/metric.ts';
import { chooseMetrics, METRICS, metricNamesRule } from './metrics/metrics.ts';
import type { EvaluatedModel } from './subject/evaluated-model.ts';
import { openSubject, SUBJECT_RULES, type SubjectOptions } from './subject/open-subject.ts';

export interface ModelEvaluation {
  readonly images: number;
  /** Latent samples an image, where a metric has no number of its own. */
  readonly samples: number;
  readonly seed: number;
  /** By default the first is the loss. */
  readonly metrics: readonly MetricRow[];
  /** Where there are labels; means weighed by `images` are the metrics' values. */
  readonly classes?: readonly ClassMetrics[];
  /** What was not measured, and why. */
  readonly missing?: readonly { readonly name: string; readonly title: string; readonly why: string }[];
}

export interface EvaluateModelOptions extends SubjectOptions {
  /** What to measure: names of `METRICS`, all that can be, or (by default) what is cheap. */
  metrics?: readonly string[] | 'default' | 'all';
  /** Latent samples an image; by default 1, and 500 where they are importance samples. */
  samples?: number;
  /** Hears each metric as it comes. */
  onMetric?: (event: MetricEvent) => void;
  /** Hears how much is done, from 0 to 1. */
  onProgress?: (fraction: number) => void;
  /** Stops between images. */
  signal?: AbortSignal;
}

/** Throws `E_USAGE` for foreign images that no metric asked for would look at. */
function checkUse(wanted: EvaluateModelOptions['metrics'], { outliers }: SubjectOptions): void {
  if (!outliers || !Array.isArray(wanted)) return;
  const those = METRICS.filter(({ needs }) => needs.includes('outliers')).map(({ name }) => name);
  if (those.some((name) => wanted.includes(name))) return;
  throw new LatentkitError(
    'E_USAGE',
    `evaluate: outliers are for ${those.join(' and ')}, and the metrics are ${wanted.join(', ')}`,
    { fix: `Leave the outliers out, or ask for ${those.join(',')} as well` },
  );
}

const RULES: OptionRules<EvaluateModelOptions> = {
  ...SUBJECT_RULES,
  metrics: metricNamesRule,
  samples: anything, // evaluate looks at it
  onMetric: functionRule,
  onProgress: functionRule,
  signal: signalRule,
};

/**
 * What a model makes of images that it did not learn from: by default the negative ELBO in its parts and the squared error of the
 * reconstructions, means over the images with their standard errors, and the same by class.
 *
 * `negativeElbo = reconstruction + kl`, with `samples` latents an image; `mse` is `mean((x - x')^2)` over pixels, where `x'` is
 * decoded from the mean code, and `squaredError` its sum over an image's pixels. Where the model was trained by another loss, that
 * and its terms come as well (`loss`, ...). On tfjs's current backend, or an accelerator.
 *
 * @throws as `openSubject` and `chooseMetrics`; `E_SHAPE` for images of another shape; `E_RANGE` for no whole number of samples;
 * `E_USAGE`, `E_RANGE` for classes that a conditional model needs and does not get; the signal's reason.
 * @example
 * const run = await loadRun('runs/first');
 * const { set } = await loadRunImages(run, 'runs/first');
 * const { metrics, classes } = await evaluateModel(run, set, { metrics: ['elbo', 'nll'] });
 */
export async function evaluateModel(
  model: EvaluatedModel,
  set: Examples,
  options: EvaluateModelOptions = {},
): Promise<ModelEvaluation> {
  checkOptions('evaluateModel', options, RULES);
  const { metrics: wanted = 'default', samples, onMetric, onProgress, signal, ...subjectOptions } = options;
  checkUse(wanted, subjectOptions);
  const subject = await openSubject(model, set, subjectOptions);
  try {
    const { chosen, missing } = chooseMetrics(wanted, subject);
    const events: MetricEvent[] = [];
    for await (const event of evaluate(subject, chosen, { samples, onProgress, signal })) {
      onMetric?.(event);
      events.push(event);
    }
    const { labels, classNames, seed } = subject;
    return {
      ...{ images: set.count, samples: samples ?? 1, seed },
      metrics: events.flatMap(({ rows }) => rows),
      ...(labels && { classes: classMetrics(events, labels, classNames) }),
      ...(missing.length > 0 && {
        missing: missing.map(({ metric: { name, title }, why }) => ({ name, title, why })),
      }),
    };
  } finally {
    await subject.close();
  }
}
