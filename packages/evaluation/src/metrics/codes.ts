import { latentUse } from '@latentkit/models';
import { labelAccuracy } from '@latentkit/projections';
import { fitLogisticRegression } from '../measures/logistic-regression.ts';
import type { Metric, MetricRow } from './metric.ts';

const BURDA = 'Burda et al.: "Importance weighted autoencoders" (2016), section 5.1';

export const activeUnits: Metric = {
  ...{ name: 'activeUnits', title: 'Active units', source: BURDA },
  ...{ needs: ['gaussianCode', 'several'], byDefault: false },
  async measure(subject, options) {
    const { variance, isActive } = latentUse(await subject.codes(options), subject.model.latentDim);
    return [
      {
        ...{ name: 'activeUnits', title: this.title, unit: `of ${isActive.length}`, better: 'neither' },
        value: isActive.filter(Boolean).length,
        convention: 'dimensions whose mean has a variance above 0.01 over the images',
        parts: byDimension(variance),
      },
    ] satisfies MetricRow[];
  },
};

export const klPerDimension: Metric = {
  ...{ name: 'klPerDimension', title: 'KL per dimension', source: BURDA },
  ...{ needs: ['gaussianCode', 'standardPrior'], byDefault: false },
  async measure(subject, options) {
    const { kl = [] } = latentUse(await subject.codes(options), subject.model.latentDim);
    const value = kl.reduce((sum, one) => sum + one, 0) / kl.length;
    const convention = 'to the standard normal in closed form, mean over dimensions';
    const about = { name: 'klPerDimension', title: this.title, unit: 'nats', better: 'neither' } as const;
    return [{ ...about, value, convention, parts: byDimension(kl) }];
  },
};

const byDimension = (values: readonly number[]) =>
  Object.fromEntries(values.map((value, i) => [`z${i + 1}`, value]));

const NEIGHBORS = 12;

export const knn: Metric = {
  ...{ name: 'knn', title: 'Neighbours of the same class', needs: ['labels', 'several'], byDefault: false },
  async measure(subject, options) {
    const { mean } = await subject.codes(options);
    const points = { data: mean, count: subject.set.count, dimensions: subject.model.latentDim };
    const k = Math.min(NEIGHBORS, points.count - 1);
    return [
      {
        ...{ name: 'knn', title: this.title, unit: 'of images', better: 'higher' },
        value: await labelAccuracy(points, subject.labels!, { k }),
        convention: `share whose class most of their ${k} nearest among these images have, by mean codes`,
      },
    ] satisfies MetricRow[];
  },
};

/** More would take longer and tell the same. */
const MOST_LEARNED = 10_000;

export const probe: Metric = {
  ...{ name: 'probe', title: 'Linear probe', needs: ['labels', 'training'], byDefault: false },
  async measure(subject, options) {
    const { latentDim: dimensions } = subject.model;
    const learned = await subject.trainingCodes(options);
    const count = Math.min(learned.labels.length, MOST_LEARNED);
    const data = learned.codes.mean.subarray(0, count * dimensions);
    const probe = fitLogisticRegression(
      { data, count, dimensions },
      Array.from(learned.labels).slice(0, count),
    );
    const { mean } = await subject.codes(options);
    const told = probe.predict({ data: mean, count: subject.set.count, dimensions });
    const judged = Array.from(subject.labels!).flatMap((label, i) =>
      label >= 0 ? [told[i] === label ? 1 : 0] : [],
    );
    const value = judged.reduce<number>((sum, one) => sum + one, 0) / judged.length;
    return [
      {
        ...{ name: 'probe', title: this.title, unit: 'of images', better: 'higher', value },
        error: Math.sqrt((value * (1 - value)) / judged.length),
        convention: `share told right by logistic regression (C = 1, L-BFGS, float64) on the mean codes of ${count.toLocaleString('en-US')} training images`,
      },
    ] satisfies MetricRow[];
  },
};
