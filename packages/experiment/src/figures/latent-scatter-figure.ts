import { plotLatentScatter } from '@latentkit/figures';
import { projectToPlane } from '../model/principal-components.ts';
import type { Codes } from '../model/trained-model.ts';
import type { FigureResult } from './figure-result.ts';

export interface LatentScatterFigureOptions {
  latentDim: number;
  labels: Uint8Array | undefined;
  classNames: readonly string[] | undefined;
  /** Which validation images the codes are of: 'the', or 'the first 10,000'. */
  who: string;
}

/** Where the encoder puts images: their codes' means, or a PCA of them beyond two dimensions. */
export function latentScatterFigure(
  { mean, logVar }: Codes,
  { latentDim, labels, classNames, who }: LatentScatterFigureOptions,
): FigureResult {
  const heading = { name: 'latent-scatter', title: 'Latent space' } as const;
  if (latentDim === 1) {
    return {
      ...heading,
      missing: 'The latent space has one dimension: there is no plane to scatter codes over.',
    };
  }
  const codes = `${logVar ? 'Mean codes' : 'Codes'} of ${who} validation images${labels ? ', coloured by label' : ''}`;
  if (latentDim === 2) {
    const x = mean.filter((_, i) => i % 2 === 0);
    const y = mean.filter((_, i) => i % 2 === 1);
    return { ...heading, caption: `${codes}.`, svg: plotLatentScatter({ x, y, labels, classNames }) };
  }
  const { x, y, explained } = projectToPlane(mean, latentDim);
  const percent = (share: number) => `${Math.round(100 * share)}%`;
  const [xLabel, yLabel] = [`PC 1 (${percent(explained[0])})`, `PC 2 (${percent(explained[1])})`];
  return {
    ...heading,
    caption: `${codes}: the first two principal components of ${latentDim} dimensions, which explain ${percent(explained[0] + explained[1])} of their variance.`,
    svg: plotLatentScatter({ x, y, labels, classNames, xLabel, yLabel }),
  };
}
