import { pixelCount } from '@latentkit/core';
import type { ModelSpec } from '@latentkit/models';
import type { Subject } from '../subject/subject.ts';
import type { ImageMetric, MeasureOptions, Metric } from './metric.ts';

const measured = new WeakMap<Subject, Float64Array>();

/** Of each image and what its mean code decodes to, summed over its numbers in float64. */
export async function squaredErrors(
  subject: Subject,
  options: Pick<MeasureOptions, 'onProgress' | 'signal'>,
): Promise<Float64Array> {
  const known = measured.get(subject);
  if (known) return known;
  const pixels = pixelCount(subject.set.shape);
  const errors = new Float64Array(subject.set.count);
  await subject.reconstruct((given, back, first) => {
    for (let i = 0; i < given.length; i++) {
      errors[first + Math.floor(i / pixels)]! += (given[i]! - back[i]!) ** 2;
    }
  }, options);
  measured.set(subject, errors);
  return errors;
}

/** The squared error of reconstructions, a pixel and an image. */
export const mse: Metric = {
  ...{ name: 'mse', title: 'Mean squared error', needs: [], byDefault: true },
  async measure(subject, options) {
    const squaredError = await squaredErrors(subject, options);
    const pixels = pixelCount(subject.set.shape);
    const convention = `of what mean codes decode to; ${scaleOf(subject.spec.likelihood)}`;
    return [
      {
        ...{ name: 'mse', title: this.title, unit: 'a pixel', better: 'lower' },
        convention,
        of: squaredError.map((value) => value / pixels),
      },
      {
        ...{ name: 'squaredError', title: 'Squared error', unit: 'an image', better: 'lower' },
        convention: `${convention}; summed over an image's ${pixels} numbers`,
        of: squaredError,
      },
    ] satisfies ImageMetric[];
  },
};

/** What the numbers are that errors are of. */
function scaleOf({ type }: ModelSpec['likelihood']): string {
  return type === 'columns'
    ? 'numbers standardised, words as a probability a word'
    : 'pixels from 0 to 1, where the data are';
}

/** `10 log10(1 / mse)`, in decibels, of numbers from 0 to 1. */
export function signalToNoise(meanSquaredError: number): number {
  return -10 * Math.log10(meanSquaredError);
}

/** Peak signal-to-noise ratio of each image. */
export const psnr: Metric = {
  ...{ name: 'psnr', title: 'PSNR', needs: ['images'], byDefault: false },
  source: 'scikit-image, peak_signal_noise_ratio',
  async measure(subject, options) {
    const squaredError = await squaredErrors(subject, options);
    const pixels = pixelCount(subject.set.shape);
    return [
      {
        ...{ name: 'psnr', title: this.title, unit: 'dB', better: 'higher' },
        convention: 'mean over the images, each by its own error; of what mean codes decode to, data range 1',
        of: squaredError.map((value) => signalToNoise(value / pixels)),
      },
    ] satisfies ImageMetric[];
  },
};
