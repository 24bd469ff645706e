import { createRandom, type Random, Stream } from '@latentkit/core';
import type { UMAP } from 'umap-js';
import type { NeighborGraph } from '../../neighbors/neighbor-graph.ts';
import type { Points } from '../../points.ts';
import { importEngine, requireFinite, rowsOf } from '../engine.ts';

/** What is passed on to umap-js. */
export interface UmapJsParameters {
  readonly components: number;
  readonly neighbors: number;
  readonly minDist: number;
  readonly spread: number;
  readonly learningRate: number;
  readonly negativeSampleRate: number;
  /** 0 for umap-js's own choice. */
  readonly epochs: number;
  readonly seed: number;
}

/** An instance of umap-js for one fit: a second one on it would never return. */
export interface UmapJsModel {
  readonly epochs: number;
  /** `[count, components]`, float64. */
  map(): Float64Array;
  setMap(map: Float64Array): void;
  step(): void;
  transform(points: Points): Float32Array;
}

/** Prepares a fit; its epochs are to be stepped. */
export type CreateUmapJsModel = (
  points: Points,
  neighbors: OwnNeighbors,
  parameters: UmapJsParameters,
) => UmapJsModel;

/** umap-js, ready to make models. */
export async function importUmapJs(): Promise<CreateUmapJsModel> {
  const module = await importEngine('umap-js', () => import('umap-js'));
  return (points, neighbors, parameters) => umapJsModel(module.UMAP, points, neighbors, parameters);
}

function umapJsModel(
  Umap: typeof UMAP,
  points: Points,
  { indices, distances }: OwnNeighbors,
  parameters: UmapJsParameters,
): UmapJsModel {
  const { count } = points;
  const { components, neighbors, epochs, seed, ...others } = parameters;
  const draws = (step: number): Random => createRandom({ seed, stream: Stream.projection, step });
  let random = draws(0);
  const umap = new Umap({
    ...{ nComponents: components, nNeighbors: neighbors, nEpochs: epochs, ...others },
    random: () => random.uniform(),
  });
  const lists = (numbers: Int32Array | Float32Array) =>
    Array.from({ length: count }, (_, i) => Array.from(numbers.subarray(i * neighbors, (i + 1) * neighbors)));
  umap.setPrecomputedKNN(lists(indices), lists(distances));
  const all = umap.initializeFit(rowsOf(points));
  return {
    epochs: all,
    map: () => Float64Array.from(umap.getEmbedding().flat()),
    setMap(map) {
      for (const [i, row] of umap.getEmbedding().entries()) {
        for (let c = 0; c < components; c++) row[c] = map[i * components + c]!;
      }
    },
    step() {
      umap.step();
    },
    transform(asked) {
      const map = new Float32Array(asked.count * components);
      for (const [i, row] of rowsOf(asked).entries()) {
        // One by one, each with the same draws: in one call, points change each other's places, and as many points as
        // were fitted would move those.
        random = draws(1);
        map.set(umap.transform([row])[0]!, i * components);
      }
      return requireFinite(map, 'umap-js');
    },
  };
}

/** Neighbours as umap-js wants them: each point itself first, at distance 0. */
export interface OwnNeighbors {
  /** `[count, k + 1]` */
  readonly indices: Int32Array;
  /** `[count, k + 1]` */
  readonly distances: Float32Array;
}

/** Puts each point before its k neighbours. */
export function withOwn({ count, k, indices, distances }: NeighborGraph): OwnNeighbors {
  const width = k + 1;
  const all = { indices: new Int32Array(count * width), distances: new Float32Array(count * width) };
  for (let i = 0; i < count; i++) {
    all.indices[i * width] = i;
    all.indices.set(indices.subarray(i * k, (i + 1) * k), i * width + 1);
    all.distances.set(distances.subarray(i * k, (i + 1) * k), i * width + 1);
  }
  return all;
}
