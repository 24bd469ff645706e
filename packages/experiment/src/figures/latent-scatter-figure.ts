import type { Labels } from '@latentkit/core';
import { type PlaneNormal, plotLatentScatter } from '@latentkit/figures';
import { type Codes, latentUse } from '@latentkit/models';
import { principalComponents } from '@latentkit/projections';
import { latentUseNote } from './latent-use-note.ts';
import { type DrawnFigure, runFigure } from './run-figure.ts';

export interface ScatterCodesOptions {
  latentDim: number;
  labels: Labels | undefined;
  classNames: readonly string[] | undefined;
  /** Which images the codes are of: 'the first 10,000 test images'. */
  who: string;
  /** The normal distributions that the prior mixes. */
  prior?: Codes;
}

/** Where the encoder puts images, over the prior. */
export const latentScatter = runFigure({
  name: 'latent-scatter',
  title: 'Latent space',
  needs: ({ latentDim }) =>
    latentDim > 1
      ? undefined
      : 'The latent space has one dimension: there is no plane to scatter codes over.',
  draw({ model, codes, encoded, shown, what, prior, dataset: { classNames } }) {
    const { latentDim } = model;
    const some = encoded.count < shown.count ? `the first ${encoded.count.toLocaleString('en-US')}` : 'the';
    const { kl: _, ...use } = latentUse(codes, latentDim);
    // With a closed KL, the figure of it says so by dimension.
    const note = model.prior?.components && latentUseNote(use);
    return {
      ...scatterCodes(codes, {
        ...{ latentDim, classNames, prior },
        labels: encoded.labels,
        who: `${some} ${what} images`,
      }),
      howToRead: howToRead(encoded.labels !== undefined, prior !== undefined),
      ...(note && { note }),
    };
  },
});

function howToRead(isLabelled: boolean, hasRings: boolean): string {
  const alike = isLabelled
    ? 'dots of one colour that keep together are a class which the encoder tells apart without having been told'
    : 'those that lie close are alike to the model';
  const empty = hasRings ? ', and empty room within the rings is where samples come out strange' : '';
  return `Each dot is an image: ${alike}${empty}.`;
}

/** Codes' means, or a PCA of them beyond two dimensions. */
export function scatterCodes(
  { mean, logVar }: Codes,
  { latentDim, labels, classNames, who, prior }: ScatterCodesOptions,
): DrawnFigure {
  const codes = `${logVar ? 'Mean codes' : 'Codes'} of ${who}${labels ? ', coloured by label' : ''}`;
  const rings = ringsOf(prior, latentDim);
  const { x, y, explained, directions, centre } =
    latentDim === 2 ? { ...plane(mean), ...AS_IT_IS } : principalPlane(mean, latentDim);
  const normals = directions && prior && projectNormals(prior, latentDim, directions, centre);
  const scatter = { x, y, labels, classNames, ...(normals && { prior: normals }) };
  if (!explained) return { caption: `${codes}${rings}.`, svg: plotLatentScatter(scatter) };
  const percent = (share: number) => `${Math.round(100 * share)}%`;
  const [xLabel, yLabel] = [`PC 1 (${percent(explained[0])})`, `PC 2 (${percent(explained[1])})`];
  return {
    caption: `${codes}: the first two principal components of ${latentDim} dimensions, which explain ${percent(explained[0] + explained[1])} of their variance${normals ? rings : ''}.`,
    svg: plotLatentScatter({ ...scatter, xLabel, yLabel }),
  };
}

function ringsOf(prior: Codes | undefined, latentDim: number): string {
  if (!prior) return '';
  return prior.mean.length === latentDim
    ? '; the prior in rings at 1 and 2 standard deviations'
    : '; the normal distributions that the prior mixes in rings at 1 standard deviation';
}

const AS_IT_IS = { explained: undefined, directions: [1, 0, 0, 1], centre: [0, 0] };

function plane(mean: Float32Array) {
  return { x: mean.filter((_, i) => i % 2 === 0), y: mean.filter((_, i) => i % 2 === 1) };
}

/** Codes along their two directions of largest variance, and the share of it that each explains. */
function principalPlane(mean: Float32Array, latentDim: number) {
  const count = mean.length / latentDim;
  // One image has one component at most, and varies in none.
  const components = Math.min(2, count);
  const pca = principalComponents({ data: mean, count, dimensions: latentDim }, components);
  const along = (i: number) =>
    Float32Array.from({ length: count }, (_, row) => pca.codes[row * components + i] ?? 0);
  const [first = 0, second = 0] = pca.explainedVarianceRatio;
  return {
    ...{ x: along(0), y: components > 1 ? along(1) : new Float32Array(count) },
    explained: [first, second] as const,
    directions: components > 1 ? pca.directions : undefined,
    centre: pca.mean,
  };
}

/** Normal distributions on a plane: means less its centre, and covariances, along its two directions `[2, latentDim]`. */
function projectNormals(
  { mean, logVar }: Codes,
  latentDim: number,
  directions: ArrayLike<number>,
  centre: ArrayLike<number>,
): PlaneNormal[] {
  return Array.from({ length: mean.length / latentDim }, (_, component) => {
    let [x, y, xx, xy, yy] = [0, 0, 0, 0, 0];
    for (let d = 0; d < latentDim; d++) {
      const [u, v] = [directions[d]!, directions[latentDim + d]!];
      const offset = mean[component * latentDim + d]! - centre[d]!;
      const variance = Math.exp(logVar![component * latentDim + d]!);
      x += u * offset;
      y += v * offset;
      xx += u * u * variance;
      xy += u * v * variance;
      yy += v * v * variance;
    }
    return { x, y, covariance: [xx, xy, yy] };
  });
}
