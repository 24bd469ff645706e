import { pixelCount } from '@latentkit/core';
import { checkValue, whole } from '@latentkit/core/options';
import { eachLogWeights } from '../subject/log-weights.ts';
import type { Subject } from '../subject/subject.ts';
import type { ImageMetric, MeasureOptions, Metric } from './metric.ts';

/** Burda et al. report k = 5,000; 500 is what most tables since have. */
const SAMPLES = 500;
const MOST_SAMPLES = 1_000_000;

const SOURCE = 'Burda et al.: "Importance weighted autoencoders" (2016), equation 8';

/**
 * Importance-weighted bounds of `-log p(x)`, an image each, in nats, and how many of the samples count:
 * `-log mean_s w_s` with `w_s = p(x, z_s) / q(z_s | x)`, and Kish's `(sum w)^2 / sum w^2`. By maximum, in float64, sample by sample.
 *
 * Keeps the weights of a few images at a time, however many images and samples there are.
 *
 * @throws `E_RANGE` for no whole number of samples, 0 among them.
 */
export async function importanceNll(
  subject: Subject,
  { samples = SAMPLES, onProgress, signal }: MeasureOptions = {},
): Promise<ImportanceNll> {
  checkValue('nll', 'samples', samples, whole(1, MOST_SAMPLES));
  const known = measured.get(subject);
  if (known?.samples === samples) return known;
  const nll = new Float64Array(subject.set.count);
  const effective = new Float64Array(subject.set.count);
  await eachLogWeights(
    subject,
    samples,
    (image, logWeights) => {
      const { logMean, effectiveSamples } = weigh(logWeights);
      nll[image] = -logMean;
      effective[image] = effectiveSamples;
    },
    { onProgress, signal },
  );
  const found = { nll, effective, samples };
  measured.set(subject, found);
  return found;
}

export interface ImportanceNll {
  /** `[count]`, in nats. */
  readonly nll: Float64Array;
  /** `[count]`. */
  readonly effective: Float64Array;
  readonly samples: number;
}

/** The last of each subject: bits are the same in another unit. */
const measured = new WeakMap<Subject, ImportanceNll>();

/** Of weights given as logarithms; where all are 0, none counts. */
export function weigh(logWeights: ArrayLike<number>): { logMean: number; effectiveSamples: number } {
  const count = logWeights.length;
  let most = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < count; i++) {
    if (!(logWeights[i]! <= most)) most = logWeights[i]!; // NaN stays
  }
  if (!Number.isFinite(most)) return { logMean: most, effectiveSamples: 0 };
  let [sum, squares] = [0, 0];
  for (let i = 0; i < count; i++) {
    const weight = Math.exp(logWeights[i]! - most);
    sum += weight;
    squares += weight * weight;
  }
  return { logMean: most + Math.log(sum / count), effectiveSamples: sum ** 2 / squares };
}

/** What is known of the pixels that a likelihood is of. */
function pixelsInWords(subject: Subject): string {
  if (subject.binarize === 'fixed') return '; pixels drawn as coins once, by the seed';
  const isGrey = subject.lacks('mass') !== undefined && subject.model.likelihood.density === 'mass';
  return isGrey ? '; of grey pixels, which a Bernoulli likelihood gives a score and no probability' : '';
}

export const nll: Metric = {
  ...{ name: 'nll', title: 'Negative log-likelihood', source: SOURCE },
  ...{ needs: ['density'], byDefault: false },
  async measure(subject, options) {
    const { samples = SAMPLES } = options;
    const { nll, effective } = await importanceNll(subject, options);
    const k = samples.toLocaleString('en-US');
    return [
      {
        ...{ name: 'nll', title: this.title, unit: 'nats', better: 'lower', of: nll },
        convention: `a bound by k = ${k} importance samples an image, closer for more${pixelsInWords(subject)}`,
      },
      {
        ...{
          name: 'effectiveSamples',
          title: 'Effective samples',
          unit: 'an image',
          better: 'higher',
          of: effective,
        },
        convention: `of k = ${k}, by Kish: few mean that the bound is loose`,
      },
    ] satisfies ImageMetric[];
  },
};

export const bitsPerDimension: Metric = {
  ...{ name: 'bitsPerDimension', title: 'Bits per dimension', source: SOURCE },
  ...{ needs: ['mass'], byDefault: false },
  async measure(subject, options) {
    const { samples = SAMPLES } = options;
    const pixels = pixelCount(subject.set.shape);
    const { nll } = await importanceNll(subject, options);
    return [
      {
        ...{ name: 'bitsPerDimension', title: this.title, unit: 'bits', better: 'lower' },
        convention: `the negative log-likelihood by k = ${samples.toLocaleString('en-US')} over ln 2 and ${pixels} numbers an image${pixelsInWords(subject)}`,
        of: nll.map((value) => value / pixels / Math.LN2),
      },
    ] satisfies ImageMetric[];
  },
};
