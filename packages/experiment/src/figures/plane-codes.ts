import { normalQuantile } from '@latentkit/core';
import { type LatentGrid, latentGridPoints } from '@latentkit/figures';

export interface PlaneSteps {
  /** Images a side. */
  steps: number;
  /** What the axes run over, by axis of the plane. */
  ranges: readonly (readonly [number, number])[];
  /** The code's number where an axis stands at a value. */
  valueAt?: (at: number) => number;
}

/** The codes of a grid over a plane of the latent space, `[rows * columns, latent]`, or along a line where it has one axis. */
export function planeCodes(
  { axes, origin }: { axes: readonly number[]; origin: ArrayLike<number> },
  { steps, ranges, valueAt = (at) => at }: PlaneSteps,
): { grid: LatentGrid; latent: Float32Array } {
  const latentDim = origin.length;
  const rows = axes.length > 1 ? steps : 1;
  const grid = { rows, columns: steps, xRange: ranges[0]!, yRange: ranges[1] ?? ([0, 0] as const) };
  const points = latentGridPoints(grid);
  const latent = new Float32Array((points.length / 2) * latentDim);
  for (let i = 0; i < points.length / 2; i++) {
    latent.set(origin, i * latentDim);
    axes.forEach((axis, side) => {
      latent[i * latentDim + axis] = valueAt(points[2 * i + side]!);
    });
  }
  return { grid, latent };
}

/** What shares of the standard normal prior a walk runs over, as Kingma and Welling's: their quantiles. */
export const QUANTILE_RANGE = [0.05, 0.95] as const;

const WORDS = 2 ** 32;

/** The quantile of the standard normal distribution at a share, above 0 and below 1. */
export function quantileAt(share: number): number {
  return normalQuantile(Math.round(share * WORDS));
}
