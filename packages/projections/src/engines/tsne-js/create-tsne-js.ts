import { createRandom, LatentkitError, type Random, Stream } from '@latentkit/core';
import { above, atLeast, checkOptions, type OptionRules, seedRule, whole } from '@latentkit/core/options';
import { noteEqualPoints, type Points } from '../../points.ts';
import type { ObservedProjection, Projection, ProjectionProgress } from '../../projection.ts';
import { asProjection } from '../../run-projection.ts';
import { importEngine, requireFinite, requireSize, rowsOf } from '../engine.ts';
import { finishedTsneJs } from './finished-tsne-js.ts';
import type { TsneJsOptions } from './tsne-js-options.ts';

const EXAGGERATED = 100; // iterations, fixed in tsne-js

const RULES: OptionRules<TsneJsOptions> = {
  components: whole(1),
  perplexity: above(0),
  earlyExaggeration: above(0),
  learningRate: above(0),
  iterations: whole(EXAGGERATED + 1),
  seed: seedRule,
  maxPoints: atLeast(1),
};

/**
 * Runs t-SNE of the npm package tsne-js 1.0.3, as it is, for comparison: exact, O(count^2) in time and memory, and slow.
 *
 * Known of it, and left: affinities are made of distances that are not squared, and gains grow where the gradient turns
 * against the movement and shrink where it agrees, the reverse of the published rule. Worked around: it draws
 * from `Math.random`, which is replaced by seeded draws while it starts. Its arithmetic has `Math.exp` in it: the same bits
 * come again in the same engine of JavaScript only.
 *
 * On a page it needs the npm package events, and a content security policy that allows `eval`.
 *
 * One `step()` runs all iterations and blocks its thread: see `projectInWorker`. New points cannot be placed.
 *
 * @throws `E_NOT_FOUND` where tsne-js is not installed; `E_LIMIT` beyond `maxPoints`; `E_RANGE`; `E_SHAPE`; `E_NOT_FINITE`.
 * @example
 * const projection = await projectInWorker('tsne-js', points, { perplexity: 20 });
 * const map = await projection.run();
 */
export async function createTsneJs(points: Points, options: TsneJsOptions = {}): Promise<ObservedProjection> {
  checkOptions('createTsneJs', options, RULES);
  const { components = 2, perplexity = 30, earlyExaggeration = 4, learningRate = 100, seed = 0 } = options;
  const { iterations = 1000, maxPoints = 2000 } = options;
  requireSize(points, { where: 'createTsneJs', fewest: 4, maxPoints });
  const { count } = points;
  const highest = (count - 1) / 3;
  const possible = Math.min(perplexity, highest);
  const warnings = noteEqualPoints(points);
  if (possible < perplexity) {
    warnings.push(
      `perplexity lowered from ${perplexity} to ${highest.toPrecision(3)}, a third of the other points`,
    );
  }
  const { default: Tsne } = await importEngine(
    'tsne-js',
    () => import('tsne-js'),
    'npm i tsne-js, and for pages events, which it takes from Node',
  );
  const tsne = new Tsne({
    ...{ dim: components, perplexity: possible, earlyExaggeration, learningRate },
    ...{ nIter: iterations, metric: 'euclidean' },
  });
  withSeededRandom(createRandom({ seed, stream: Stream.projection }), () =>
    tsne.init({ data: rowsOf(points), type: 'dense' }),
  );
  const settings = {
    count,
    components,
    perplexity: possible,
    earlyExaggeration,
    learningRate,
    iterations,
    seed,
  };
  let progress: ProjectionProgress = { stage: 'optimize', step: 0, steps: iterations, fraction: 0 };
  let observer: ((progress: ProjectionProgress) => void) | undefined;
  let finished: Projection | undefined;
  tsne.on('progressIter', ([step, objective]) => {
    progress = { stage: 'optimize', step, steps: iterations, fraction: step / iterations, objective };
    observer?.(progress);
  });
  const embedding = () => Float32Array.from(tsne.getOutput().flat());
  const needFinished = (): Projection => {
    if (finished) return finished;
    throw new LatentkitError('E_USAGE', 'tsne-js: there is no map before the end', {
      fix: 'Await run() first',
    });
  };
  return asProjection({
    method: 'tsne-js',
    count,
    components,
    get progress() {
      return finished?.progress ?? progress;
    },
    get embedding() {
      return finished?.embedding ?? embedding();
    },
    warnings,
    step() {
      if (finished) return;
      const [objective, step] = tsne.run();
      const map = requireFinite(embedding(), 'tsne-js');
      finished = finishedTsneJs({ ...settings, warnings, objective, step }, map);
    },
    transform: () => needFinished().transform(points),
    save: () => needFinished().save(),
    observe(listen: (progress: ProjectionProgress) => void) {
      observer = listen;
    },
  });
}

/** Runs what draws from `Math.random` with these draws instead; it must be synchronous, and `Math.random` is back after it. */
export function withSeededRandom<Result>(random: Random, run: () => Result): Result {
  const own = Math.random;
  Math.random = () => random.uniform();
  try {
    return run();
  } finally {
    Math.random = own;
  }
}
