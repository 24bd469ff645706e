import type { Labels } from '@latentkit/core';
import { plotLatentScatter } from '@latentkit/figures';
import type { Codes } from '@latentkit/models';
import { principalComponents } from '@latentkit/projections';
import type { FigureResult } from './figure-result.ts';

export interface LatentScatterFigureOptions {
  latentDim: number;
  labels: Labels | undefined;
  classNames: readonly string[] | undefined;
  /** Which images the codes are of: 'the first 10,000 test images'. */
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
  const codes = `${logVar ? 'Mean codes' : 'Codes'} of ${who}${labels ? ', coloured by label' : ''}`;
  if (latentDim === 2) {
    const x = mean.filter((_, i) => i % 2 === 0);
    const y = mean.filter((_, i) => i % 2 === 1);
    return { ...heading, caption: `${codes}.`, svg: plotLatentScatter({ x, y, labels, classNames }) };
  }
  const { x, y, explained } = principalPlane(mean, latentDim);
  const percent = (share: number) => `${Math.round(100 * share)}%`;
  const [xLabel, yLabel] = [`PC 1 (${percent(explained[0])})`, `PC 2 (${percent(explained[1])})`];
  return {
    ...heading,
    caption: `${codes}: the first two principal components of ${latentDim} dimensions, which explain ${percent(explained[0] + explained[1])} of their variance.`,
    svg: plotLatentScatter({ x, y, labels, classNames, xLabel, yLabel }),
  };
}

/** Codes along their two directions of largest variance, and the share of it that each explains. */
function principalPlane(mean: Float32Array, latentDim: number) {
  const count = mean.length / latentDim;
  // One image has one component at most, and varies in none.
  const components = Math.min(2, count);
  const { codes, explainedVarianceRatio } = principalComponents(
    { data: mean, count, dimensions: latentDim },
    components,
  );
  const along = (i: number) =>
    Float32Array.from({ length: count }, (_, row) => codes[row * components + i] ?? 0);
  return {
    ...{ x: along(0), y: components > 1 ? along(1) : new Float32Array(count) },
    explained: [explainedVarianceRatio[0] ?? 0, explainedVarianceRatio[1] ?? 0] as const,
  };
}
