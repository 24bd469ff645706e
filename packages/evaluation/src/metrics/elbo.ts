import { scoreUnit } from '@latentkit/losses';
import type { Model, ModelSpec, Prior } from '@latentkit/models';
import { scoreImages } from '../subject/score-images.ts';
import type { ImageMetric, Metric } from './metric.ts';

/** The negative ELBO in its parts; of a plain autoencoder, the reconstruction. */
export const elbo: Metric = {
  ...{ name: 'elbo', title: 'Negative ELBO', needs: [], byDefault: true },
  source: 'Kingma & Welling: "Auto-encoding variational Bayes" (2014), equation 10',
  async measure(subject, { samples = 1, onProgress, signal }) {
    const { spec, weights, set, labels, seed, first, binarize, accelerator } = subject;
    const scores = await scoreImages(spec, weights, set, {
      ...{ samples, seed, first, accelerator, signal, binarize },
      ...(spec.condition && { label: labels }),
      onProgress: (images) => onProgress?.(images / set.count),
    });
    return elboRows(subject.model, scores, samples);
  },
};

function elboRows(
  { spec, likelihood, prior }: Model,
  { reconstruction, kl, klZ2 }: Awaited<ReturnType<typeof scoreImages>>,
  samples: number,
): ImageMetric[] {
  const drawn = `${samples} latent sample${samples === 1 ? '' : 's'} an image`;
  const { density, scoredIn } = likelihood;
  const constant =
    density === 'none' ? `; of no density, so ${scoredIn ? `${scoredIn} alone` : 'but for a constant'}` : '';
  const about = { unit: scoreUnit(likelihood), better: 'lower' } as const;
  const given: ImageMetric = {
    ...{ name: 'reconstruction', title: 'Reconstruction', ...about, of: reconstruction },
    convention: `of an image, by the likelihood ${inWords(spec.likelihood)}; ${kl ? drawn : 'of its code'}${constant}`,
  };
  if (!kl) return [given];
  return [
    {
      ...{ name: 'negativeElbo', title: 'Negative ELBO', ...about },
      convention: `reconstruction + KL, whatever weight the KL had in training; ${drawn}${constant}`,
      of: reconstruction.map((value, i) => value + kl[i]!),
    },
    given,
    {
      ...{ name: 'kl', title: 'KL divergence', unit: 'nats', better: 'neither', of: kl },
      convention: klInWords(prior),
    },
    ...(klZ2 ? [upperKl(klZ2, prior!.upper!.prior)] : []),
  ];
}

/** The upper level's part of a KL. */
function upperKl(of: Float64Array, prior: Prior): ImageMetric {
  return {
    ...{ name: 'klZ2', title: 'KL divergence of z2', unit: 'nats', better: 'neither', of },
    convention: `the part of the upper level, ${klInWords(prior)}`,
  };
}

/** What a KL is measured to, and how. */
function klInWords(prior?: Prior): string {
  if (prior?.upper) {
    return `of both levels: of the upper ${klInWords(prior.upper.prior)}; of the lower to what the upper code makes of it`;
  }
  return !prior || prior.type === 'standardNormal'
    ? 'to the standard normal, in closed form'
    : `to the prior (${prior.type})`;
}

/** `{ type: 'squaredError', output: 'sigmoid', pixels: 'mean' }` as `squaredError, output sigmoid, pixels mean`. */
function inWords({ type, ...fields }: ModelSpec['likelihood']): string {
  const told = Object.entries(fields).map(
    ([name, value]) => `${name} ${Array.isArray(value) ? value.length : value}`,
  );
  return [type, ...told].join(', ');
}
