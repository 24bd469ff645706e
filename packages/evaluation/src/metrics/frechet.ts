import { imagesBetween } from '@latentkit/datasets';
import { createTrainedModel } from '@latentkit/models';
import { FEATURES, FEATURES_SPEC, unpackFeatures } from '../frechet/digit-features.ts';
import { DIGIT_WEIGHTS } from '../frechet/digit-weights.ts';
import { frechetDistance } from '../measures/frechet-distance.ts';
import type { Metric, MetricRow } from './metric.ts';

/** What most figures of the literature are of. */
const MOST = 10_000;
const AT_ONCE = 500; // results do not depend on it

/** How far images drawn from the prior are from those it is judged by, as a classifier of digits sees both. */
export const frechet: Metric = {
  ...{ name: 'frechet', title: 'Fréchet distance', needs: ['gray28', 'prior', 'several'], byDefault: false },
  source: 'Heusel et al.: "GANs trained by a two time-scale update rule" (2017), equation 6',
  async measure(subject, { onProgress, signal }) {
    const count = Math.min(subject.set.count, MOST);
    const classifier = createTrainedModel(FEATURES_SPEC, unpackFeatures(DIGIT_WEIGHTS));
    const drawn = await subject.sample(count);
    const size = drawn.length / count;
    const [real, made] = [new Float32Array(count * FEATURES), new Float32Array(count * FEATURES)];
    try {
      for (let first = 0; first < count; first += AT_ONCE) {
        signal?.throwIfAborted();
        const end = Math.min(count, first + AT_ONCE);
        const { images } = await imagesBetween(subject.set, first, end);
        real.set(classifier.encode(images).mean, first * FEATURES);
        made.set(classifier.encode(drawn.subarray(first * size, end * size)).mean, first * FEATURES);
        onProgress?.(end / count);
      }
    } finally {
      classifier.dispose();
    }
    const vectorsOf = (data: Float32Array) => ({ data, count, dimensions: FEATURES });
    return [
      {
        ...{ name: 'frechet', title: this.title, unit: '', better: 'lower' },
        value: frechetDistance(vectorsOf(real), vectorsOf(made)),
        convention: `of ${FEATURES} features of Latentkit's own classifier of drawn digits (not Inception's: no other program's figures compare), means of ${count} draws of the prior against ${count} images`,
      },
    ] satisfies MetricRow[];
  },
};
