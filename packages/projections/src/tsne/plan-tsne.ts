import { createRandom, LatentkitError, Stream } from '@latentkit/core';
import type { Points } from '../points.ts';
import type { TsneOptions } from './tsne-options.ts';
import type { TsnePlan } from './tsne-parts.ts';
import { tsneBytes } from './tsne-parts.ts';

/**
 * Checks options, and settles what depends on the points.
 *
 * @throws `E_RANGE` for numbers outside their ranges, `E_UNKNOWN_NAME` for an unknown metric or start, `E_SHAPE` and
 * `E_NOT_FINITE` for a start of one's own, `E_LIMIT` beyond the budget.
 */
export function planTsne({ count, dimensions }: Points, options: TsneOptions): TsnePlan {
  const {
    components = 2,
    perplexity = 30,
    init = 'pca',
    learningRate = 'auto',
    exaggeration = 12,
    exaggerationIterations = 250,
    iterations = 1000,
    theta = 0.5,
    metric = 'euclidean',
    earlyStop = false,
    seed = 0,
    memoryBudget = 2 ** 31,
  } = options;
  if (components !== 2) throw outside('components', 'be 2', components);
  if (!(perplexity >= 1)) throw outside('perplexity', 'be at least 1', perplexity);
  if (learningRate !== 'auto' && !isPositive(learningRate)) {
    throw outside('learningRate', "be 'auto' or above 0", learningRate);
  }
  if (!isPositive(exaggeration)) throw outside('exaggeration', 'be above 0', exaggeration);
  requireIterations('exaggerationIterations', exaggerationIterations);
  requireIterations('iterations', iterations);
  if (!(theta >= 0 && theta <= 1)) throw outside('theta', 'be from 0 to 1', theta);
  if (earlyStop !== false && !(earlyStop > 0 && earlyStop < 1)) {
    throw outside('earlyStop', 'be false, or between 0 and 1', earlyStop);
  }
  if (!(memoryBudget > 0)) throw outside('memoryBudget', 'be a number of bytes', memoryBudget);
  requireName('metric', metric, ['euclidean', 'cosine']);
  createRandom({ seed, stream: Stream.projection }); // throws for what is no seed
  if (typeof init === 'string') requireName('init', init, ['pca', 'random']);
  else requirePlaces(init, count);

  const most = Math.max(1, (count - 1) / 3);
  const fitting = Math.min(perplexity, most);
  // A little more, so that a third of the others is all of them.
  const k = Math.min(count - 1, Math.floor(3 * fitting + 1e-6));
  const bytes = tsneBytes(count, dimensions, k);
  if (bytes > memoryBudget) {
    throw new LatentkitError(
      'E_LIMIT',
      `createTsne: ${count} points of ${dimensions} dimensions take ${bytes} bytes, more than the budget of ${memoryBudget}`,
      { fix: 'Take fewer points, lower the perplexity, or raise memoryBudget' },
    );
  }
  return {
    ...{ count, dimensions, k, perplexity: fitting, init, exaggeration, exaggerationIterations, iterations },
    ...{ theta, metric, earlyStop, seed, memoryBudget },
    learningRate: learningRate === 'auto' ? Math.max(count / 12, 200) : learningRate,
    warnings:
      fitting === perplexity
        ? []
        : [`perplexity lowered from ${perplexity} to ${fitting}, as there are only ${count} points`],
  };
}

const isPositive = (value: number) => value > 0 && Number.isFinite(value);

function outside(name: string, expected: string, got: unknown): LatentkitError {
  return new LatentkitError('E_RANGE', `createTsne: ${name} must ${expected}, got ${got}`);
}

function requireIterations(name: string, value: number): void {
  if (!Number.isInteger(value) || value < 0) throw outside(name, 'be a whole number from 0', value);
}

function requireName(option: string, value: string, names: readonly string[]): void {
  if (names.includes(value)) return;
  const expected = names.map((name) => `'${name}'`).join(' or ');
  throw new LatentkitError('E_UNKNOWN_NAME', `createTsne: ${option} must be ${expected}, got '${value}'`);
}

function requirePlaces(init: Float32Array, count: number): void {
  if (init.length !== 2 * count) {
    throw new LatentkitError('E_SHAPE', `createTsne: init must be [${count}, 2], got ${init.length} numbers`);
  }
  const bad = init.findIndex((number) => !Number.isFinite(number));
  if (bad < 0) return;
  throw new LatentkitError('E_NOT_FINITE', `createTsne: init has ${init[bad]} at point ${bad >> 1} (from 0)`);
}
