import type { ImageSet } from '@latentkit/core';
import { plotLatentScatter } from '@latentkit/figures';
import { projectToPlane } from '../model/principal-components.ts';
import type { Codes } from '../model/trained-model.ts';
import type { FigureResult } from './figure-result.ts';

/** Where the encoder puts images: their codes' means, or a PCA of them beyond two dimensions. */
export function latentScatterFigure(
  { mean }: Codes,
  latentDim: number,
  { labels }: ImageSet,
  classNames: readonly string[] | undefined,
): FigureResult {
  const heading = { name: 'latent-scatter', title: 'Latent space' };
  const named = { labels, classNames };
  if (latentDim === 1) {
    const missing = 'The latent space has one dimension: there is no plane to scatter codes over.';
    return { ...heading, caption: '', missing };
  }
  const colours = labels ? ', coloured by label' : '';
  if (latentDim === 2) {
    const x = mean.filter((_, i) => i % 2 === 0);
    const y = mean.filter((_, i) => i % 2 === 1);
    const caption = `Mean codes of the validation images${colours}.`;
    return { ...heading, caption, svg: plotLatentScatter({ x, y, ...named }) };
  }
  const { x, y, explained } = projectToPlane(mean, latentDim);
  const percent = (share: number) => `${Math.round(100 * share)}%`;
  return {
    ...heading,
    caption: `Mean codes of the validation images${colours}: the first two principal components of ${latentDim} dimensions, which explain ${percent(explained[0] + explained[1])} of their variance.`,
    svg: plotLatentScatter({
      ...{ x, y, ...named },
      xLabel: `PC 1 (${percent(explained[0])})`,
      yLabel: `PC 2 (${percent(explained[1])})`,
    }),
  };
}
