import type { ImageShape } from '@latentkit/core';
import { drawImageRows } from '@latentkit/figures';
import type { LatentAxis } from '@latentkit/models';
import { planeCodes } from '../figures/plane-codes.ts';
import { dimensionName, type PictureLook } from './picture.ts';

/** Rows of a traversal, the ten dimensions that carry most, where nobody chose. */
export const MOST_ROWS = 10;
/** Images along a dimension. */
const STEPS = 11;

/** A dimension, and what its images stand at. */
export interface TraversedAxis extends LatentAxis {
  readonly values: readonly number[];
}

export interface Traversal {
  /** A row of images each. */
  readonly axes: readonly TraversedAxis[];
  /** `[axes * steps, latent]`, axis by axis. */
  readonly latent: Float32Array;
}

/** Codes that differ from `origin` in one dimension alone, a row a dimension; over each one's own range where none is given. */
export function planTraversal(
  chosen: readonly LatentAxis[],
  origin: Float32Array,
  { steps = STEPS, range }: { steps?: number; range?: readonly [number, number] } = {},
): Traversal {
  const latentDim = origin.length;
  const latent = new Float32Array(chosen.length * steps * latentDim);
  const axes = chosen.map((axis, row) => {
    const over = range ?? axis.range;
    const { latent: codes } = planeCodes({ axes: [axis.dimension], origin }, { steps, ranges: [over] });
    latent.set(codes, row * steps * latentDim);
    const values = Array.from({ length: steps }, (_, i) => codes[i * latentDim + axis.dimension]!);
    return { ...axis, range: over, values };
  });
  return { axes, latent };
}

/** The picture: a row a dimension, with its name and what it carries. */
export function drawTraversal(
  { axes }: Traversal,
  { images, shape, measure }: { images: Float32Array; shape: ImageShape; measure: 'KL' | 'variance' },
  look: PictureLook = {},
): string {
  return drawImageRows(
    {
      ...{ images, shape, columns: captionsOf(axes) },
      rows: axes.map(({ dimension, weight }) => ({
        name: dimensionName(dimension),
        note: `${measure} ${weight.toFixed(2)}`,
      })),
    },
    look,
  );
}

/** The values, where all rows have the same; else which end is which. */
function captionsOf([first, ...others]: readonly TraversedAxis[]): string[] {
  const { values, range } = first!;
  if (others.every((axis) => axis.range[0] === range[0] && axis.range[1] === range[1])) {
    const decimals = [0, 1, 2].find((digits) => values.every((one) => isShort(one, digits))) ?? 2;
    return values.map((value) =>
      value
        .toFixed(decimals)
        .replace(/^-/, '−')
        .replace(/^−(0(\.0+)?)$/, '$1'),
    );
  }
  return values.map((_, i) => (i === 0 ? 'least' : i === values.length - 1 ? 'most' : ''));
}

const isShort = (value: number, digits: number) => Math.abs(value - Number(value.toFixed(digits))) < 1e-6;
