import { plotKlByDimension } from '@latentkit/figures';
import { isVariational, latentUse } from '@latentkit/models';
import { latentUseNote } from './latent-use-note.ts';
import { runFigure } from './run-figure.ts';

/** What each latent dimension carries. */
export const klByDimension = runFigure({
  name: 'kl-by-dimension',
  title: 'KL by dimension',
  howToRead:
    'A long bar is a dimension that says much of an image; one near 0 is the same for all images, and the decoder does without it.',
  needs({ spec, prior }) {
    if (!prior || !isVariational(spec)) return 'Codes are points here: they have no KL.';
    if (prior.type === 'standardNormal') return undefined;
    if (prior.upper)
      return 'The prior of z is another for each upper code, z2: no dimension has a KL of its own.';
    return `A KL to a prior of type '${prior.type}' does not fall apart by dimension.`;
  },
  draw({ model, codes, what }) {
    const use = latentUse(codes, model.latentDim);
    const note = latentUseNote(use);
    return {
      caption: `KL of the ${what} images' posteriors to the prior, mean by dimension; active where the mean codes' variance is above 0.01.`,
      svg: plotKlByDimension({ kl: use.kl!, isActive: use.isActive }),
      ...(note && { note }),
    };
  },
});
