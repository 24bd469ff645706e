import { availableWorkers, LatentkitError, whyNoThreads } from '@latentkit/core';
import {
  above,
  atLeast,
  bytesRule,
  checkOptions,
  either,
  number,
  type OptionRules,
  oneOf,
  seedRule,
  whole,
} from '@latentkit/core/options';
import { noteEqualPoints, type Points } from '../points.ts';
import { startRule } from '../start-rule.ts';
import type { TsneOptions } from './tsne-options.ts';
import type { TsnePlan } from './tsne-parts.ts';
import { tsneBytes } from './tsne-parts.ts';

const MOST_WORKERS = 64;

const RULES: OptionRules<TsneOptions> = {
  components: whole(2, 2),
  perplexity: atLeast(1),
  init: startRule('pca', 'random'),
  jitter: number(0, 1),
  learningRate: either('auto', above(0)),
  exaggeration: above(0),
  exaggerationIterations: whole(0),
  iterations: whole(0),
  theta: number(0, 1),
  metric: oneOf('euclidean', 'cosine'),
  earlyStop: either(false, above(0, 1)),
  seed: seedRule,
  workers: whole(1, MOST_WORKERS),
  memoryBudget: bytesRule,
};

/**
 * Checks options, and settles what depends on the points.
 *
 * @throws `E_RANGE` for numbers outside their ranges, `E_UNKNOWN_NAME` for an unknown metric or start, `E_SHAPE` and
 * `E_NOT_FINITE` for a start of one's own, `E_LIMIT` beyond the budget.
 */
export function planTsne(points: Points, options: TsneOptions): TsnePlan {
  const { count, dimensions } = points;
  checkOptions('createTsne', options, RULES);
  const {
    perplexity = 30,
    init = 'pca',
    jitter = 0,
    learningRate = 'auto',
    exaggeration = 12,
    exaggerationIterations = 250,
    iterations = 1000,
    theta = 0.5,
    metric = 'euclidean',
    earlyStop = false,
    seed = 0,
    workers: asked = fittingWorkers(points.count),
    memoryBudget = 2 ** 31,
  } = options;
  if (typeof init !== 'string') requirePlaces(init, count);
  if (jitter > 0 && init !== 'pca') {
    throw new LatentkitError('E_USAGE', "createTsne: jitter moves the start of init 'pca' only", {
      fix: 'Leave jitter out',
    });
  }

  const workers = whyNoThreads() ? 1 : asked;
  const most = Math.max(1, (count - 1) / 3);
  const fitting = Math.min(perplexity, most);
  // A little more, so that a third of the others is all of them.
  const k = Math.min(count - 1, Math.floor(3 * fitting + 1e-6));
  const bytes = tsneBytes(count, dimensions, k, workers);
  if (bytes > memoryBudget) {
    throw new LatentkitError(
      'E_LIMIT',
      `createTsne: ${count} points of ${dimensions} dimensions take ${bytes} bytes, more than the budget of ${memoryBudget}`,
      { fix: 'Take fewer points, lower the perplexity, or raise memoryBudget' },
    );
  }
  return {
    ...{
      count,
      dimensions,
      k,
      perplexity: fitting,
      init,
      jitter,
      exaggeration,
      exaggerationIterations,
      iterations,
    },
    ...{ theta, metric, earlyStop, seed, workers, memoryBudget },
    learningRate: learningRate === 'auto' ? Math.max(count / 12, 200) : learningRate,
    warnings: [
      ...noteEqualPoints(points),
      ...(fitting === perplexity
        ? []
        : [
            `perplexity lowered from ${perplexity} to ${Number(fitting.toPrecision(3))}, as there are only ${count} points`,
          ]),
    ],
  };
}

// With fewer, an iteration takes less than waking a thread.
const SHARED_POINTS = 4000;

function fittingWorkers(count: number): number {
  const isPage = globalThis.process?.getBuiltinModule === undefined;
  return isPage || count < SHARED_POINTS ? 1 : Math.min(availableWorkers(), MOST_WORKERS);
}

function requirePlaces(init: Float32Array, count: number): void {
  if (init.length !== 2 * count) {
    throw new LatentkitError('E_SHAPE', `createTsne: init must be [${count}, 2], got ${init.length} numbers`);
  }
  const bad = init.findIndex((number) => !Number.isFinite(number));
  if (bad < 0) return;
  throw new LatentkitError('E_NOT_FINITE', `createTsne: init has ${init[bad]} at point ${bad >> 1} (from 0)`);
}
