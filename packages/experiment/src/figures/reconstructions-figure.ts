import type { ImageSet } from '@latentkit/core';
import { limitImages } from '@latentkit/datasets';
import { drawReconstructions } from '@latentkit/figures';
import type { TrainedModel } from '@latentkit/models';
import type { FigureResult } from './figure-result.ts';
import { whyUndrawable } from './why-undrawable.ts';

const SHOWN = 12;

/** The first validation images over what the model makes of them. */
export function reconstructionsFigure(trained: TrainedModel, validation: ImageSet): FigureResult {
  const heading = { name: 'reconstructions', title: 'Reconstructions' } as const;
  const missing = whyUndrawable(trained.spec.image);
  if (missing) return { ...heading, missing };
  const { images, labels, shape, count } = limitImages(validation, SHOWN);
  const codes = trained.spec.kind === 'vae' ? 'mean codes' : 'codes';
  return {
    ...heading,
    caption: `Validation images, which the model never learned from, over what their ${codes} decode to.`,
    svg: drawReconstructions({
      originals: images,
      reconstructions: trained.reconstruct(images, trained.spec.condition && { label: labels }),
      shape,
      count,
    }),
  };
}
