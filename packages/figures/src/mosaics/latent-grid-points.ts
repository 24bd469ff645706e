import { LatentkitError } from '@latentkit/core';
import { anything, checkOptions, listRule, type OptionRules } from '@latentkit/core/options';

/** A regular grid over a plane of the latent space. */
export interface LatentGrid {
  rows: number;
  columns: number;
  /** First and last value along x, left to right; [-3, 3] by default. */
  xRange?: readonly [number, number];
  /** First and last value along y, bottom to top; [-3, 3] by default. */
  yRange?: readonly [number, number];
}

const RULES: OptionRules<LatentGrid> = {
  rows: anything,
  columns: anything,
  xRange: listRule,
  yRange: listRule,
};

const MOST_POINTS = 2 ** 24; // far more images than anybody sees

/** Value `i` of `count` evenly spaced ones from `low` to `high`; the middle of them when there is but one. */
function spaced(i: number, count: number, low: number, high: number): number {
  return count === 1 ? (low + high) / 2 : low + (i / (count - 1)) * (high - low);
}

/**
 * The latents to decode for {@link drawLatentGrid}: row by row from the top, so that y falls from `yRange[1]` while x
 * rises from `xRange[0]`.
 *
 * @returns `[rows * columns, 2]`.
 * @throws `E_LIMIT` for more than 2^24 points; `E_RANGE` when `rows` or `columns` is not a whole number of at least 1.
 * @example
 * latentGridPoints({ rows: 15, columns: 15 }); // 225 pairs, [-3, 3] first and [3, -3] last
 */
export function latentGridPoints(grid: LatentGrid): Float32Array<ArrayBuffer> {
  checkOptions('latentGridPoints', grid, RULES);
  const { rows, columns, xRange = [-3, 3], yRange = [-3, 3] } = grid;
  for (const [name, size] of [
    ['rows', rows],
    ['columns', columns],
  ] as const) {
    if (!Number.isSafeInteger(size) || size < 1) {
      throw new LatentkitError(
        'E_RANGE',
        `latentGridPoints: expected a whole number of ${name} >= 1, got ${String(size)}`,
      );
    }
  }
  if (rows * columns > MOST_POINTS) {
    throw new LatentkitError(
      'E_LIMIT',
      `latentGridPoints: ${rows} x ${columns} are ${rows * columns} points, of at most 2^24`,
    );
  }
  const points = new Float32Array(rows * columns * 2);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const at = 2 * (row * columns + column);
      points[at] = spaced(column, columns, ...xRange);
      points[at + 1] = spaced(row, rows, yRange[1], yRange[0]);
    }
  }
  return points;
}
