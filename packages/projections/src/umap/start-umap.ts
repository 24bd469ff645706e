import { LatentkitError } from '@latentkit/core';
import type { NeighborSearch } from '../neighbors/neighbor-search.ts';
import type { Points } from '../points.ts';
import type { Projection, ProjectionAlgorithm, ProjectionProgress } from '../projection.ts';
import { fitCurve } from './fit-curve.ts';
import { type MapSettings, type MapTools, saveMap, transformPoints } from './fitted-map.ts';
import { fuzzyGraph } from './fuzzy-graph.ts';
import { initialize, randomLayout } from './initialize.ts';
import { createLayoutOptimizer, type LayoutOptimizer } from './layout-optimizer.ts';
import type { UmapSettings } from './umap-options.ts';

/** A map to be made. */
export interface UmapTask {
  points: Points;
  settings: UmapSettings;
  /** Undefined for a point alone. */
  search: NeighborSearch | undefined;
  /** Of `preparePca`. */
  pca: Projection | undefined;
  tools: MapTools;
  /** Receives more of them. */
  warnings: string[];
}

// Shares of all work that are over when a stage is.
const FOUND = 0.4;
const INITIALIZED = 0.6;
// Pieces of the initialization after which half its share is over: how many there will be is not known.
const HALF_INITIALIZED = 60;

/** UMAP at its beginning, step by step. */
export function startUmap({ points, settings, search, pca, tools, warnings }: UmapTask): ProjectionAlgorithm {
  const { count } = points;
  const { components, epochs } = settings;
  const mapSettings = mapSettingsOf(settings, warnings);
  let places = randomLayout(count, components, settings.seed);
  let optimizer: LayoutOptimizer | undefined;

  function* work(): Generator<ProjectionProgress, ProjectionProgress> {
    const steps = epochs;
    while (search && !search.graph) {
      search.step();
      yield { stage: 'neighbors', step: 0, steps, fraction: FOUND * search.fraction };
    }
    const graphPieces = fuzzyGraph(search?.graph, settings);
    search = undefined; // its memory is as large as the points
    let pieces = 0;
    const initializing = (): ProjectionProgress => {
      const share = ++pieces / (pieces + HALF_INITIALIZED);
      return { stage: 'initialize', step: 0, steps, fraction: FOUND + (INITIALIZED - FOUND) * share };
    };
    const graph = yield* saying(graphPieces, initializing);
    yield initializing();
    places = yield* saying(initialize(graph, pca, settings, warnings), initializing);
    pca = undefined;
    yield initializing();
    tools.kernels.setForces(mapSettings.a, mapSettings.b, settings.repulsion);
    optimizer = createLayoutOptimizer(tools.kernels, graph, places, settings);
    while (!optimizer.isDone) {
      optimizer.step();
      const { epoch } = optimizer;
      const fraction = INITIALIZED + (1 - INITIALIZED) * (epoch / epochs);
      if (epoch < epochs) yield { stage: 'optimize', step: epoch, steps, fraction };
    }
    places = optimizer.places;
    optimizer.close();
    optimizer = undefined;
    return { stage: 'done', step: steps, steps, fraction: 1 };
  }

  const stages = work();
  let progress: ProjectionProgress = { stage: 'neighbors', step: 0, steps: epochs, fraction: 0 };
  const requireDone = (what: string) => {
    if (progress.stage === 'done') return;
    throw new LatentkitError('E_USAGE', `${what}: the map is not finished yet`, { fix: 'Run it to the end' });
  };
  return {
    ...{ method: 'umap', count, components, warnings },
    get progress() {
      return progress;
    },
    get embedding() {
      return optimizer?.places ?? places.slice();
    },
    step() {
      if (progress.stage !== 'done') progress = stages.next().value;
    },
    transform(added) {
      requireDone('transform');
      return transformPoints(tools, points, places, mapSettings, added);
    },
    save() {
      requireDone('save');
      return saveMap(points, places, mapSettings);
    },
  };
}

/** Goes through pieces of work, with something to say after each. */
function* saying<T, Said>(pieces: Generator<void, T>, say: () => Said): Generator<Said, T> {
  for (;;) {
    const { done, value } = pieces.next();
    if (done) return value;
    yield say();
  }
}

function mapSettingsOf(settings: UmapSettings, warnings: readonly string[]): MapSettings {
  const { components, neighbors, metric, minDist, spread, epochs, learningRate } = settings;
  const { negativeSamples, repulsion, localConnectivity, seed, memoryBudget } = settings;
  const graph = { components, neighbors, metric, localConnectivity, minDist, spread };
  const course = { epochs, learningRate, negativeSamples, repulsion, seed, memoryBudget };
  return { ...graph, ...fitCurve(minDist, spread), ...course, warnings };
}
