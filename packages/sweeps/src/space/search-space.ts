import { having } from '@latentkit/core/options';
import { checkBy } from '@latentkit/core/schema';
import { type Dimension, dimensionOf, valueAt } from './dimension.ts';
import { holds, type Ranges, rangesSchema } from './ranges.ts';

/** A trial's settings by name: those whose conditions hold. */
export type Settings = Readonly<Record<string, unknown>>;

/** Settings to search, and the values that they may have. */
export interface SearchSpace {
  readonly dimensions: readonly Dimension[];
  /** The settings at a point of the unit cube, a share a dimension; of those that count, the others are left out. */
  at(point: ArrayLike<number>): Settings;
}

/** What `createSearchSpace` gives. */
export const spaceRule = having('a search space, what createSearchSpace gives', {
  dimensions: 'object',
  at: 'function',
});

/**
 * A search space of ranges, every field checked.
 *
 * @param where what to call their source in an error: a file's name.
 * @throws `E_CONFIG` naming the range that cannot be, and what would do.
 * @example
 * const space = createSearchSpace({ latentDim: [2, 5, 10], learningRate: { log: [1e-4, 1e-2] } });
 * space.at([0.4, 0.5]); // { latentDim: 5, learningRate: 0.001 }
 */
export function createSearchSpace(ranges: Ranges, where = 'createSearchSpace: ranges'): SearchSpace {
  const checked = checkBy(rangesSchema, ranges, where);
  const dimensions = Object.entries(checked).map(([name, range]) => dimensionOf(name, range));
  return {
    dimensions,
    at: (point) => settingsOf(dimensions, (dimension, i) => valueAt(dimension, point[i]!)),
  };
}

/** Settings one after the other; conditions are about those before. */
export function settingsOf(
  dimensions: readonly Dimension[],
  of: (dimension: Dimension, i: number) => unknown,
): Settings {
  const settings: Record<string, unknown> = {};
  for (const [i, dimension] of dimensions.entries()) {
    if (holds(dimension.when, settings)) settings[dimension.name] = of(dimension, i);
  }
  return settings;
}
