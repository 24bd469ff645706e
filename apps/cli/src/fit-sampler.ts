import { LatentkitError } from '@latentkit/core';
import { limitImages, readExamples } from '@latentkit/datasets';
import {
  type LoadedRun,
  type LoadRunImagesOptions,
  labelsFor,
  loadRunImages,
} from '@latentkit/experiment/node';
import { aggregatePosteriorSampler, fitGaussianMixture, type Sampler } from '@latentkit/models';
import { formatCount } from '@latentkit/terminal';
import type { SampleOptions } from './sample-options.ts';

/** Images whose codes a sampler is fitted to, at most. */
const MOST_IMAGES = 10_000;

/** As `fitGaussianMixture` has by default. */
const COMPONENTS = 10;
const MOST_STEPS = 100;
/** Multiplications a minute of the distances and covariances of a step, float64 on one thread. */
const A_MINUTE = 4e10;

/** How long a mixture may take: each step solves a triangle for each code, and adds up as large a product. */
function mostMinutes({ count, latentDim, components }: Record<'count' | 'latentDim' | 'components', number>) {
  return (MOST_STEPS * components * count * latentDim ** 2) / A_MINUTE;
}

/** A sampler, and what it is in words: 'a mixture of 10 normal distributions', 'fitted to the codes of ...'. */
export interface FittedSampler {
  readonly sampler: Sampler;
  readonly name: string;
  readonly to: string;
}

/**
 * What `--from` names, fitted to the codes of the images that a run learned from (or of those that flags name); undefined for the prior.
 *
 * @throws `E_USAGE` for components without a mixture.
 */
export async function fitSampler(
  run: LoadedRun,
  directory: string,
  { from = 'prior', components, seed }: Pick<SampleOptions, 'components' | 'seed' | 'from'>,
  reading: LoadRunImagesOptions,
): Promise<FittedSampler | undefined> {
  if (components !== undefined && from !== 'mixture') {
    throw new LatentkitError('E_USAGE', 'sample: --components goes with --from mixture');
  }
  if (from === 'prior') return undefined;
  const part = reading.part ?? ((reading.dataset ?? reading.data) ? undefined : 'train');
  const {
    set,
    labels: all,
    title,
  } = await loadRunImages(run, directory, { ...reading, ...(part && { part }) });
  const { images, count } = await readExamples(limitImages(set, MOST_IMAGES));
  const labels = all && Array.from({ length: count }, (_, i) => all[i]!);
  const label = labelsFor(run, directory, labels);
  const codes = run.encode(images, label && { label });
  const latentDim = codes.mean.length / count;
  const to = `fitted to the codes of ${formatCount(count)} ${title}`;
  if (from === 'aggregate') {
    return { sampler: aggregatePosteriorSampler(codes, { latentDim }), name: 'the aggregate posterior', to };
  }
  const minutes = mostMinutes({ count, latentDim, components: components ?? COMPONENTS });
  if (minutes >= 1) {
    reading.onNote?.(
      `fitting a mixture to ${formatCount(count)} codes of ${latentDim} numbers takes up to ${Math.ceil(minutes)} minute${minutes > 1 ? 's' : ''}: fewer --components take less`,
    );
  }
  const sampler = fitGaussianMixture(codes.mean, { latentDim, seed, ...(components && { components }) });
  const parts = sampler.arrays.weights!.data.length;
  return { sampler, name: `a mixture of ${parts} normal distribution${parts === 1 ? '' : 's'}`, to };
}
