import { LatentkitError } from '@latentkit/core';
import type { NeighborSearch } from '../../neighbors/neighbor-search.ts';
import { type Points, requirePoints } from '../../points.ts';
import type { Projection, ProjectionProgress } from '../../projection.ts';
import { asProjection } from '../../run-projection.ts';
import { requireFinite } from '../engine.ts';
import type { CreateUmapJsModel, UmapJsModel, UmapJsParameters } from './umap-js-model.ts';
import { type OwnNeighbors, withOwn } from './umap-js-model.ts';

// Shares of the work, about.
const NEIGHBORS = 0.3;
const PREPARED = 0.4;

export interface UmapJsSetting {
  readonly points: Points;
  readonly parameters: UmapJsParameters;
  readonly warnings: readonly string[];
}

/** A fit: with its neighbours yet to be found, or finished. */
type Start =
  | { readonly search: NeighborSearch; readonly createModel: CreateUmapJsModel }
  | { readonly neighbors: OwnNeighbors; readonly model: UmapJsModel };

export function umapJsProjection({ points, parameters, warnings }: UmapJsSetting, start: Start): Projection {
  const { count, dimensions } = points;
  const { components } = parameters;
  let fit: { neighbors: OwnNeighbors; model: UmapJsModel } | undefined = 'model' in start ? start : undefined;
  let epoch = fit?.model.epochs ?? 0;
  let map = fit ? mapOf(fit.model) : new Float32Array(count * components);

  const progressOf = (): ProjectionProgress => {
    if (!fit) {
      const steps = parameters.epochs;
      const { fraction, graph } = (start as { search: NeighborSearch }).search;
      return graph
        ? { stage: 'initialize', step: 0, steps, fraction: NEIGHBORS }
        : { stage: 'neighbors', step: 0, steps, fraction: NEIGHBORS * fraction };
    }
    const steps = fit.model.epochs;
    const fraction = PREPARED + (1 - PREPARED) * (epoch / steps);
    return epoch < steps
      ? { stage: 'optimize', step: epoch, steps, fraction }
      : { stage: 'done', step: steps, steps, fraction: 1 };
  };
  const needFinished = () => {
    if (fit && epoch === fit.model.epochs) return fit;
    throw new LatentkitError('E_USAGE', 'umap-js: there is no map before the end', {
      fix: 'Await run() first',
    });
  };

  return asProjection({
    method: 'umap-js',
    count,
    components,
    get progress() {
      return progressOf();
    },
    get embedding() {
      return map.slice();
    },
    warnings,
    step() {
      if (!fit) {
        const { search, createModel } = start as { search: NeighborSearch; createModel: CreateUmapJsModel };
        if (!search.graph) {
          search.step();
          return;
        }
        const neighbors = withOwn(search.graph);
        fit = { neighbors, model: createModel(points, neighbors, parameters) };
      } else if (epoch < fit.model.epochs) {
        fit.model.step();
        epoch++;
      } else {
        return;
      }
      map = mapOf(fit.model);
    },
    transform(asked: Points) {
      const { model } = needFinished();
      requirePoints(asked, 'umap-js: transform');
      if (asked.dimensions !== dimensions) {
        throw new LatentkitError(
          'E_SHAPE',
          `umap-js: transform: expected points of ${dimensions} dimensions, got ${asked.dimensions}`,
        );
      }
      return model.transform(asked);
    },
    save() {
      const { neighbors, model } = needFinished();
      const width = parameters.neighbors;
      return {
        method: 'umap-js',
        version: 1 as const,
        settings: { count, dimensions, ...parameters, warnings },
        arrays: {
          points: { shape: [count, dimensions], data: points.data.slice() },
          neighbors: { shape: [count, width], data: neighbors.indices.slice() },
          distances: { shape: [count, width], data: neighbors.distances.slice() },
          map: { shape: [count, components], data: model.map() },
        },
      };
    },
  });
}

function mapOf(model: UmapJsModel): Float32Array {
  return requireFinite(Float32Array.from(model.map()), 'umap-js');
}
