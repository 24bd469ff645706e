import { LatentkitError } from '@latentkit/core';
import {
  anything,
  bytesRule,
  checkOptions,
  flagRule,
  type OptionRules,
  oneOf,
  seedRule,
} from '@latentkit/core/options';
import { noteEqualPoints, type Points } from '../points.ts';
import {
  byCovariance,
  byGram,
  byRandomSketch,
  type FindDirections,
  SWEEPS,
  sketchOf,
} from './find-directions.ts';
import type { PcaOptions } from './pca-options.ts';

// A covariance of more rows than this is worth avoiding, for this share of its eigenvectors.
const MANY_ROWS = 2000;
const FEW_COMPONENTS = 0.1;
// Multiply-adds that are over before the kernels would be compiled.
const FEW_PRODUCTS = 2 ** 25;
// Blocks of deviations in WebAssembly.
const BLOCKS_BYTES = 2 ** 25;

export interface PcaPlan {
  readonly components: number;
  readonly whiten: boolean;
  readonly seed: number;
  readonly solver: 'full' | 'randomized';
  readonly findDirections: FindDirections;
  readonly precision: 'float64' | 'float32';
  readonly warnings: readonly string[];
}

const RULES: OptionRules<PcaOptions> = {
  components: anything, // its range depends on the points
  whiten: flagRule,
  solver: oneOf('auto', 'full', 'randomized'),
  seed: seedRule,
  memoryBudget: bytesRule,
};

/**
 * Checks options, and says how a model is to be fitted.
 *
 * @throws `E_RANGE` for numbers outside their ranges, `E_UNKNOWN_NAME` for an unknown solver, `E_LIMIT` beyond the budget.
 */
export function planPca(points: Points, options: PcaOptions): PcaPlan {
  checkOptions('createPca', options, RULES);
  const { components = 2, whiten = false, solver = 'auto', seed = 0, memoryBudget = 2 ** 31 } = options;
  const { count, dimensions } = points;
  const size = Math.min(count, dimensions);
  if (!Number.isInteger(components) || components < 1 || components > size) {
    throw new LatentkitError(
      'E_RANGE',
      `createPca: components must be a whole number from 1 to ${size} for ${count} points of ${dimensions} dimensions, got ${components}`,
    );
  }
  const bytes = bytesOf(count, dimensions, components);
  const prefersSketch = size > MANY_ROWS && components <= FEW_COMPONENTS * size;
  const fits = (one: 'full' | 'randomized') => bytes[one] <= memoryBudget;
  const chosen = solver === 'auto' ? (prefersSketch || !fits('full') ? 'randomized' : 'full') : solver;
  if (!fits(chosen)) {
    throw new LatentkitError(
      'E_LIMIT',
      `createPca: ${count} points of ${dimensions} dimensions to ${components} take ${bytes[chosen]} bytes by the ${chosen} solver, more than the budget of ${memoryBudget}`,
      { fix: chosen === 'full' ? "Raise memoryBudget, or take solver 'auto'" : 'Raise memoryBudget' },
    );
  }
  const exact = dimensions <= count ? byCovariance : byGram;
  const perNumber = chosen === 'full' ? size : 2 * (SWEEPS + 1) * sketchOf(count, dimensions, components);
  return {
    ...{ components, whiten, seed, solver: chosen },
    findDirections: chosen === 'full' ? exact : byRandomSketch,
    precision: count * dimensions * perNumber <= FEW_PRODUCTS ? 'float64' : 'float32',
    warnings: [
      ...noteEqualPoints(points),
      ...(chosen !== 'full' && solver === 'auto' && !prefersSketch
        ? [
            `memory is short: the solver 'full' takes ${bytes.full} bytes, more than the memoryBudget of ${memoryBudget}, so 'randomized' was taken`,
          ]
        : []),
    ],
  };
}

/** Bytes that each solver takes at most, about: its matrices, blocks of deviations, and codes and directions twice. */
function bytesOf(count: number, dimensions: number, components: number) {
  const size = Math.min(count, dimensions);
  const sketch = sketchOf(count, dimensions, components);
  const blocks = Math.min(BLOCKS_BYTES, 8 * count * dimensions);
  const result = 2 * components * (4 * count + 8 * dimensions);
  return {
    full: 16 * size * size + blocks + result,
    randomized: sketch * (8 * count + 24 * dimensions) + blocks + result,
  };
}
