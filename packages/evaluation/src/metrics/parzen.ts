import { type Examples, nextTurn, pixelsToFloats } from '@latentkit/core';
import { imagesBetween } from '@latentkit/datasets';
import { fitBandwidth, parzenLogDensities } from '../measures/parzen-window.ts';
import type { ImageMetric, Metric } from './metric.ts';

/** As many images as the literature draws: samples of the prior, not of an image's posterior. */
const DRAWS = 10_000;
/** Training images that the bandwidth is of. */
const FITTED = 1000;
const AT_ONCE = 100; // results do not depend on it

/** The log density of images by a Parzen window about images drawn from the prior: a number of models that give no density, too. */
export const parzen: Metric = {
  ...{
    name: 'parzen',
    title: 'Log density by a Parzen window',
    needs: ['images', 'prior', 'training'],
    byDefault: false,
  },
  source:
    'Breuleux et al.: "Quickly generating representative samples from an RBM-derived process" (2011); Goodfellow et al.: "Generative adversarial nets" (2014), table 1',
  async measure(subject, { samples = DRAWS, onProgress, signal }) {
    const { set } = subject;
    const vectorsOf = async (from: Examples, first: number, end: number) => {
      const { images } = await imagesBetween(from, first, end);
      const data = pixelsToFloats(images);
      return { data, count: end - first, dimensions: data.length / (end - first) };
    };
    const drawn = await subject.sample(samples);
    const centres = { data: drawn, count: samples, dimensions: drawn.length / samples };
    const { set: learned } = await subject.training!();
    const fitted = await vectorsOf(learned, 0, Math.min(FITTED, learned.count));
    await nextTurn();
    signal?.throwIfAborted();
    const bandwidth = fitBandwidth(fitted, centres);
    const of = new Float64Array(set.count);
    for (let first = 0; first < set.count; first += AT_ONCE) {
      await nextTurn(); // who stops it is heard
      signal?.throwIfAborted();
      const end = Math.min(set.count, first + AT_ONCE);
      of.set(parzenLogDensities(await vectorsOf(set, first, end), centres, { bandwidth }), first);
      onProgress?.(end / set.count);
    }
    return [
      {
        ...{ name: 'parzen', title: this.title, unit: 'nats', better: 'higher', of },
        convention: `pixels from 0 to 1, ${samples} draws of the prior, decoded without noise; the bandwidth of ${bandwidth.toFixed(4)} is the best of ${fitted.count} training images`,
      },
    ] satisfies ImageMetric[];
  },
};
