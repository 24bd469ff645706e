import { type Factors, normalRows, Stream } from '@latentkit/core';
import { measureDisentanglement } from '../measures/disentanglement.ts';
import { factorVaeScore } from '../measures/factor-vae-score.ts';
import { FACTOR_GROUPS } from '../measures/factors.ts';
import { mutualInformationGap } from '../measures/mutual-information-gap.ts';
import type { Vectors } from '../measures/points.ts';
import { separatedAttributePredictability } from '../measures/separated-attribute-predictability.ts';
import type { Subject } from '../subject/subject.ts';
import type { MeasureOptions, Metric, MetricRow } from './metric.ts';

interface FactorMetric extends Pick<Metric, 'name' | 'title' | 'source'> {
  readonly convention: string;
  score(codes: Vectors, factors: Factors, seed: number): Partial<MetricRow> & { readonly value: number };
}

/** A score of codes against factors, of means and again of sampled codes. */
function factorMetric({ name, title, source, convention, score }: FactorMetric): Metric {
  return {
    ...{ name, title, source, needs: ['factors', 'gaussianCode', 'several'], byDefault: false },
    async measure(subject, options) {
      const factors = subject.factors!;
      const taken = factors.sizes.some((size) => size === 0)
        ? `; factors of any value in ${FACTOR_GROUPS} groups of equal numbers`
        : '';
      const about = { unit: '', better: 'higher' } as const;
      const [means, samples] = await codesOf(subject, options);
      return [
        {
          name,
          title,
          ...about,
          convention: `of mean codes; ${convention}${taken}`,
          ...score(means, factors, subject.seed),
        },
        {
          ...{ name: `${name}Sampled`, title: `${title}, sampled`, ...about },
          convention: `of a sample of each posterior; ${convention}${taken}`,
          ...score(samples, factors, subject.seed),
        },
      ];
    },
  };
}

/** Mean codes, and a sample of each by the noise of validation. */
async function codesOf(subject: Subject, options: MeasureOptions): Promise<[Vectors, Vectors]> {
  const { mean, logVar } = await subject.codes(options);
  const { latentDim: dimensions } = subject.model;
  const { count } = subject.set;
  const noise = normalRows(count, dimensions, { seed: subject.seed, stream: Stream.validationNoise });
  const data = mean.map((m, i) => m + Math.exp(logVar![i]! / 2) * noise[i]!);
  return [
    { data: mean, count, dimensions },
    { data, count, dimensions },
  ];
}

export const mig = factorMetric({
  ...{ name: 'mig', title: 'MIG', convention: '20 bins of equal width a dimension' },
  source:
    'Chen et al.: "Isolating sources of disentanglement in variational autoencoders" (2018), equation 6',
  score: (codes, factors) => {
    const { value, parts } = mutualInformationGap(codes, factors);
    return { value, parts };
  },
});

export const sap = factorMetric({
  ...{ name: 'sap', title: 'SAP score' },
  source: 'Kumar et al.: "Variational inference of disentangled latent concepts" (2018), section 3',
  convention: 'R^2 of a line from one dimension, the best less the second; factors as numbers',
  score: (codes, factors) => {
    const { value, parts } = separatedAttributePredictability(codes, factors);
    return { value, parts };
  },
});

export const dci = factorMetric({
  ...{ name: 'dci', title: 'DCI disentanglement' },
  source:
    'Eastwood & Williams: "A framework for the quantitative evaluation of disentangled representations" (2018), section 2',
  convention: 'importances by a lasso, alpha 0.01',
  score: (codes, factors) => {
    const { disentanglement: value, completeness, informativeness } = measureDisentanglement(codes, factors);
    return { value, parts: { disentanglement: value, completeness, informativeness } };
  },
});

export const factorVae = factorMetric({
  ...{ name: 'factorVae', title: 'FactorVAE score' },
  source: 'Kim & Mnih: "Disentangling by factorising" (2018), section 4',
  convention: '800 votes of 64 images each, and 800 more to judge by; dimensions of variance 0.05 and more',
  score: (codes, factors, seed) => ({ value: factorVaeScore(codes, factors, { seed }) }),
});
