import { pixelCount } from '@latentkit/core';
import { structuralSimilarity } from '../measures/ssim.ts';
import type { ImageMetric, Metric } from './metric.ts';

export const ssim: Metric = {
  ...{ name: 'ssim', title: 'SSIM', needs: ['images', 'window'], byDefault: false },
  source:
    'Wang et al.: "Image quality assessment: from error visibility to structural similarity" (2004), equation 13',
  async measure(subject, options) {
    const { shape, count } = subject.set;
    const pixels = pixelCount(shape);
    const of = new Float64Array(count);
    await subject.reconstruct((given, back, first) => {
      for (let at = 0; at < given.length; at += pixels) {
        const [image, other] = [given, back].map((some) => some.subarray(at, at + pixels));
        of[first + at / pixels] = structuralSimilarity(image!, other!, shape);
      }
    }, options);
    return [
      {
        ...{ name: 'ssim', title: this.title, unit: '', better: 'higher', of },
        convention: 'windows of 7 x 7, uniform, sample variances, data range 1; of what mean codes decode to',
      },
    ] satisfies ImageMetric[];
  },
};
