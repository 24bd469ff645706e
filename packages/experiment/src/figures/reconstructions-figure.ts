import type { ImageSet } from '@latentkit/core';
import { oneOfEachClass, takeImages } from '@latentkit/datasets';
import { drawReconstructions } from '@latentkit/figures';
import type { TrainedModel } from '@latentkit/models';
import type { FigureResult } from './figure-result.ts';
import { whyUndrawable } from './why-undrawable.ts';

const SHOWN = 12;

/** Images that the model never learned from, one of each class first, over what it makes of them. */
export function reconstructionsFigure(
  trained: TrainedModel,
  set: ImageSet,
  what: 'validation' | 'test',
): FigureResult {
  const heading = { name: 'reconstructions', title: 'Reconstructions' } as const;
  const missing = whyUndrawable(trained.spec.image);
  if (missing) return { ...heading, missing };
  const { images, labels, shape, count } = takeImages(set, oneOfEachClass(set, SHOWN));
  const codes = trained.spec.kind === 'vae' ? 'mean codes' : 'codes';
  return {
    ...heading,
    caption: `${what === 'test' ? 'Test' : 'Validation'} images, which the model never learned from, over what their ${codes} decode to.`,
    svg: drawReconstructions({
      originals: images,
      reconstructions: trained.reconstruct(images, trained.spec.condition && { label: labels }),
      shape,
      count,
    }),
  };
}
