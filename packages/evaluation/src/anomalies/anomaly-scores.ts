import { scoreImages } from '../subject/score-images.ts';
import type { ComputeOptions, Need, Subject } from '../subject/subject.ts';
import { backgroundScores, learnBackground } from './background.ts';
import { likelihoodRegret } from './likelihood-regret.ts';

export interface ScoreContext extends ComputeOptions {
  /** Latent samples an example. */
  samples: number;
  /** What was learned of clean examples. */
  learned?: Float32Array;
  /** The examples are the clean ones themselves, each of which is left out of its own neighbours. */
  isClean?: boolean;
  neighbors: number;
}

/** A number an example, higher for those unlike the training's: a row of `ANOMALY_SCORES`. */
export interface AnomalyScoreKind<Name extends string = string> {
  readonly name: Name;
  readonly title: string;
  readonly source?: string;
  readonly needs: readonly Need[];
  /** What it holds examples against: numbers of clean ones. */
  learn?(clean: Subject, compute: ComputeOptions): Promise<Float32Array>;
  score(subject: Subject, context: ScoreContext): Promise<Float64Array>;
}

/** The parts of the negative ELBO. */
async function partsOf(subject: Subject, { samples, onProgress, signal }: ScoreContext) {
  const { spec, weights, set, labels, seed, first, binarize, accelerator } = subject;
  return scoreImages(spec, weights, set, {
    ...{ samples, seed, first, binarize, accelerator, signal },
    ...(spec.condition && { label: labels }),
    onProgress: (images) => onProgress?.(images / set.count),
  });
}

/** What examples can be scored by: adding one is a row. */
export const ANOMALY_SCORES = [
  {
    name: 'elbo',
    title: 'negative ELBO',
    needs: ['prior'],
    async score(subject, context) {
      const { reconstruction, kl } = await partsOf(subject, context);
      return reconstruction.map((value, i) => value + kl![i]!);
    },
  },
  {
    name: 'reconstruction',
    title: 'reconstruction',
    source:
      'An & Cho: "Variational autoencoder based anomaly detection using reconstruction probability" (2015)',
    needs: [],
    score: async (subject, context) => (await partsOf(subject, context)).reconstruction,
  },
  {
    name: 'kl',
    title: 'KL divergence of the code',
    needs: ['prior'],
    score: async (subject, context) => (await partsOf(subject, context)).kl!,
  },
  {
    name: 'latentKnn',
    title: 'distance of the code to those of clean examples',
    needs: [],
    learn: async (clean, compute) => (await clean.codes(compute)).mean,
    async score(subject, { learned, isClean, neighbors, ...compute }) {
      const { mean } = await subject.codes(compute);
      return neighborDistances(mean, learned!, {
        dimensions: subject.model.latentDim,
        neighbors,
        isSelf: isClean,
      });
    },
  },
  {
    name: 'likelihoodRatio',
    title: 'likelihood ratio to a background',
    source: 'Ren et al.: "Likelihood ratios for out-of-distribution detection" (2019), section 3',
    needs: ['prior', 'oneHead'],
    learn: learnBackground,
    async score(subject, context) {
      const { reconstruction, kl } = await partsOf(subject, context);
      const background = await backgroundScores(subject, context.learned!, context);
      return reconstruction.map((value, i) => value + kl![i]! - background[i]!);
    },
  },
  {
    name: 'likelihoodRegret',
    title: 'likelihood regret',
    source: 'Xiao, Yan & Amit: "Likelihood regret" (2020), section 3',
    needs: ['gaussianCode', 'oneLevel', 'density'],
    score: (subject, context) => likelihoodRegret(subject, context),
  },
] as const satisfies readonly AnomalyScoreKind[];

/** A name of {@link ANOMALY_SCORES}. */
export type AnomalyScore = (typeof ANOMALY_SCORES)[number]['name'];

/** The mean distance of each code to its nearest among others; with `isSelf`, code `i` is the other `i`, and left out. */
export function neighborDistances(
  codes: Float32Array,
  others: Float32Array,
  { dimensions, neighbors, isSelf = false }: { dimensions: number; neighbors: number; isSelf?: boolean },
): Float64Array {
  const count = others.length / dimensions;
  return Float64Array.from({ length: codes.length / dimensions }, (_, i) => {
    const size = Math.min(neighbors, isSelf ? count - 1 : count);
    const nearest = new Float64Array(size).fill(Number.POSITIVE_INFINITY);
    for (let j = 0; j < count; j++) {
      if (isSelf && i === j) continue;
      let squared = 0;
      for (let d = 0; d < dimensions; d++) {
        squared += (codes[i * dimensions + d]! - others[j * dimensions + d]!) ** 2;
      }
      if (squared >= nearest[size - 1]!) continue;
      let place = size - 1;
      for (; place > 0 && nearest[place - 1]! > squared; place--) nearest[place] = nearest[place - 1]!;
      nearest[place] = squared;
    }
    return nearest.reduce((sum, squared) => sum + Math.sqrt(squared), 0) / size;
  });
}
