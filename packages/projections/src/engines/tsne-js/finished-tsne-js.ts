import { LatentkitError } from '@latentkit/core';
import type { Projection, SavedProjection } from '../../projection.ts';
import { asProjection } from '../../run-projection.ts';
import { savedNumbers } from '../../saved-numbers.ts';
import { requireSaved } from '../engine.ts';

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

/**
 * An equal of the map that was saved; tsne-js need not be installed.
 *
 * @throws `E_FORMAT` for what is not a saved map of tsne-js.
 */
export async function loadTsneJs(saved: SavedProjection): Promise<Projection> {
  const numbers = ['count', 'components', 'objective', 'step'] as const;
  const settings = requireSaved<TsneJsSettings>(saved, 'tsne-js', numbers, 'loadTsneJs');
  const { count, components } = settings;
  const map = savedNumbers(saved, 'map', Float32Array, count * components, 'loadTsneJs');
  return finishedTsneJs(settings, map);
}
