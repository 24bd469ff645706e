import { LatentkitError } from '@latentkit/core';
import type { Projection } from '../projection.ts';
import { asProjection } from '../run-projection.ts';

/** How a map of tsne-js came about. */
export interface TsneJsSettings {
  readonly count: number;
  readonly components: number;
  readonly perplexity: number;
  readonly earlyExaggeration: number;
  readonly learningRate: number;
  readonly iterations: number;
  readonly seed: number;
  readonly warnings: readonly string[];
  /** Kullback-Leibler divergence, as tsne-js computes it. */
  readonly objective: number;
  /** Iterations that were done. */
  readonly step: number;
}

/** A map that tsne-js has finished. */
export function finishedTsneJs(settings: TsneJsSettings, map: Float32Array): Projection {
  const { count, components, step, objective, warnings } = settings;
  return asProjection({
    method: 'tsne-js',
    count,
    components,
    progress: { stage: 'done', step, steps: step, fraction: 1, objective },
    get embedding() {
      return map.slice();
    },
    warnings,
    step() {},
    transform() {
      throw new LatentkitError('E_USAGE', 'tsne-js: it cannot place new points', {
        fix: "Take 'tsne', 'umap' or 'umap-js'",
      });
    },
    save: () => ({
      method: 'tsne-js',
      version: 1,
      settings: { ...settings },
      arrays: { map: { shape: [count, components], data: map.slice() } },
    }),
  });
}
