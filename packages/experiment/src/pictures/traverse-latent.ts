import { LatentkitError } from '@latentkit/core';
import {
  anything,
  checkOptions,
  checkValue,
  flagRule,
  listRule,
  type OptionRules,
  whole,
} from '@latentkit/core/options';
import { drawLatentGrid } from '@latentkit/figures';
import { type Codes, hasStandardPrior, type LatentAxis, rankLatentAxes } from '@latentkit/models';
import { planeCodes, QUANTILE_RANGE, quantileAt } from '../figures/plane-codes.ts';
import { codesToWalk, originOf } from './codes-to-walk.ts';
import {
  checkLatent,
  dimensionName,
  LOOK_RULES,
  labelOf,
  type Picture,
  type PictureLook,
  type PictureModel,
  pictureModelRule,
} from './picture.ts';
import { drawTraversal, MOST_ROWS, planTraversal, type TraversedAxis } from './traversal.ts';

export interface TraverseLatentOptions extends PictureLook {
  /** Images along a dimension; 11 by default. */
  steps?: number;
  /** Indices from 0; by default the 10 that carry most, those first. */
  dimensions?: readonly number[];
  /** First and last value; `[-3, 3]` by default, and what codes take of a model without a prior. */
  range?: readonly [number, number];
  /** The code to start from; by default 0, the prior's mean, and the mean of the codes of a model without one. */
  from?: Float32Array;
  /** The class of all images, for a conditional model; 0 by default. */
  label?: number;
}

const RULES: OptionRules<TraverseLatentOptions> = {
  steps: whole(1, 100),
  dimensions: listRule,
  range: listRule,
  from: anything, // checkLatent looks at it
  label: anything, // decode looks at it
  ...LOOK_RULES,
};

export interface TraversedLatent extends Picture {
  /** A row of images each. */
  readonly axes: readonly TraversedAxis[];
}

/**
 * What single dimensions of the latent space do, as a picture: a row a dimension, of codes that differ in it alone; those that
 * carry most first, by their KL.
 *
 * @param codes of images, which tell what each dimension carries: `model.encode(images)`.
 * @returns `latent` is `[axes * steps, latent]`, axis by axis.
 * @throws `E_RANGE` for dimensions, steps or a range that cannot be; `E_SHAPE` for codes of another length; as `decode`.
 * @example
 * const run = await loadRun('runs/first');
 * const { set } = await loadRunImages(run, 'runs/first');
 * const { svg, axes } = await traverseLatent(run, run.encode(set.images), { steps: 9 });
 */
export async function traverseLatent(
  model: PictureModel,
  given: Codes,
  options: TraverseLatentOptions = {},
): Promise<TraversedLatent> {
  checkValue('traverseLatent', 'model', model, pictureModelRule);
  checkOptions('traverseLatent', options, RULES);
  const { steps, range, label, title = 'Traversal by dimension', subtitle, width } = options;
  const { image: shape, latentDim } = model.spec;
  requireAxes('traverseLatent', model);
  const codes = codesToWalk(model.spec, given);
  const ranked = rankLatentAxes(codes, latentDim);
  const chosen = chooseAxes('traverseLatent', ranked, options, ranked.slice(0, MOST_ROWS));
  const origin = startOf('traverseLatent', model, codes, options.from);
  const rows = planTraversal(chosen, origin, { ...(steps && { steps }), ...(range && { range }) });
  const images = await model.decode(rows.latent, labelOf(model, label));
  const measure = codes.logVar ? 'KL' : 'variance';
  const svg = drawTraversal(rows, { images, shape, measure }, { title, subtitle, width });
  return { ...rows, images, svg };
}

export interface WalkLatentPlaneOptions extends TraverseLatentOptions {
  /** Two of them; by default the two that carry most. */
  dimensions?: readonly number[];
  /** Images a side; 15 by default. */
  steps?: number;
  /** Walks by even shares of the standard normal prior, so that each image stands for as much of it as any other; `range` are shares then, `[0.05, 0.95]` by default. */
  quantiles?: boolean;
}

export interface WalkedPlane extends Picture {
  /** That of the columns, and that of the rows if there are two. */
  readonly axes: readonly LatentAxis[];
  /** Images a row and a column. */
  readonly grid: { readonly rows: number; readonly columns: number };
}

const SIDE = 15;

/**
 * What the decoder makes of a plane of the latent space, as a picture: a grid of images over two of its dimensions, the others
 * as they are in `from`.
 *
 * @returns `latent` is `[rows * columns, latent]`, the top row, of the largest value, first.
 * @throws as {@link traverseLatent}; `E_USAGE` for quantiles of a model whose prior is no standard normal.
 * @example
 * const { svg } = await walkLatentPlane(run, run.encode(set.images), { steps: 20, quantiles: true });
 * @see Kingma and Welling: "Auto-encoding variational Bayes", 2014, Appendix A: the inverse CDF of the Gaussian
 */
export async function walkLatentPlane(
  model: PictureModel,
  given: Codes,
  options: WalkLatentPlaneOptions = {},
): Promise<WalkedPlane> {
  checkValue('walkLatentPlane', 'model', model, pictureModelRule);
  checkOptions('walkLatentPlane', options, { ...RULES, quantiles: flagRule });
  const { steps = SIDE, quantiles = false, range, label, title, subtitle, width } = options;
  const { image: shape, latentDim } = model.spec;
  requireAxes('walkLatentPlane', model);
  const codes = codesToWalk(model.spec, given);
  const ranked = rankLatentAxes(codes, latentDim);
  const top = ranked.slice(0, 2).sort((a, b) => a.dimension - b.dimension);
  const axes = chooseAxes('walkLatentPlane', ranked, options, top);
  if (axes.length > 2) {
    throw new LatentkitError('E_RANGE', `walkLatentPlane: a plane has 2 dimensions, got ${axes.length}`);
  }
  if (quantiles) checkQuantiles(model, codes, range);
  const over = quantiles ? (range ?? QUANTILE_RANGE) : range;
  const { grid, latent } = planeCodes(
    {
      axes: axes.map(({ dimension }) => dimension),
      origin: startOf('walkLatentPlane', model, codes, options.from),
    },
    {
      steps,
      ranges: axes.map((axis) => over ?? axis.range),
      ...(quantiles && { valueAt: quantileAt }),
    },
  );
  const images = await model.decode(latent, labelOf(model, label));
  const [xLabel, yLabel] = axes.map(({ dimension }) =>
    quantiles ? `quantile of ${dimensionName(dimension)}` : dimensionName(dimension),
  );
  const svg = drawLatentGrid(
    { ...grid, images, shape, xLabel: xLabel!, ...(yLabel && { yLabel }) },
    { title: title ?? 'Walk through the latent plane', subtitle, width },
  );
  return { latent, images, svg, axes, grid: { rows: grid.rows, columns: grid.columns } };
}

/** Throws `E_USAGE` for codes that are vectors of a codebook. */
function requireAxes(where: string, { spec }: PictureModel): void {
  if (!spec.codebook) return;
  throw new LatentkitError(
    'E_USAGE',
    `${where}: between the vectors of a codebook there are no codes to walk through`,
    { fix: 'Interpolate between the codes of two images instead' },
  );
}

function checkQuantiles(
  { spec }: PictureModel,
  { logVar }: Codes,
  [low, high]: readonly [number, number] = QUANTILE_RANGE,
): void {
  if (!logVar || !hasStandardPrior(spec)) {
    throw new LatentkitError(
      'E_USAGE',
      'walkLatentPlane: the quantiles are those of a standard normal prior, which this model does not have',
      { fix: 'Give a range instead' },
    );
  }
  if ([low, high].every((share) => share > 0 && share < 1)) return;
  throw new LatentkitError(
    'E_RANGE',
    `walkLatentPlane: expected a range of shares above 0 and below 1 with quantiles, got [${low}, ${high}]`,
  );
}

/** Those asked for, checked, or those that carry most. */
function chooseAxes(
  where: string,
  ranked: readonly LatentAxis[],
  { dimensions, range }: Pick<TraverseLatentOptions, 'dimensions' | 'range'>,
  otherwise: readonly LatentAxis[],
): readonly LatentAxis[] {
  if (range && !(range.length === 2 && range.every(Number.isFinite))) {
    throw new LatentkitError('E_RANGE', `${where}: range must be two finite numbers, got [${range}]`);
  }
  if (dimensions === undefined) return otherwise;
  const axes = dimensions.map((dimension) => ranked.find((axis) => axis.dimension === dimension));
  if (axes.length > 0 && axes.every((axis) => axis !== undefined)) return axes;
  throw new LatentkitError(
    'E_RANGE',
    `${where}: expected dimensions from 0 to ${ranked.length - 1}, got [${dimensions}]`,
  );
}

function startOf(
  where: string,
  model: PictureModel,
  codes: Codes,
  from: Float32Array | undefined,
): Float32Array {
  const { latentDim } = model.spec;
  if (!from) return originOf(latentDim, codes);
  checkLatent(where, model, from, 'a code to start from');
  return from.subarray(0, latentDim);
}
