import { createTsne, measureQuality, type Points } from '@latentkit/projections';
import type { ProjectionRow } from './projection-rows.ts';

/** How good a map is. */
export interface MapQuality {
  /** At 12 neighbours; of a seeded subsample of 10,000 where there are more points. */
  trustworthiness: number;
  /** Of a t-SNE map of at most 10,000 points: exact, on the same P for all engines. */
  klDivergence: number | null;
}

const EXACT_POINTS = 10_000;

/** Judges a map of some points, whoever made it. */
export async function judgeMap(
  { method }: Pick<ProjectionRow, 'method'>,
  points: Points,
  map: Points,
): Promise<MapQuality> {
  const { trustworthiness } = await measureQuality(points, map);
  const isExact = method === 'tsne' && points.count <= EXACT_POINTS;
  return { trustworthiness, klDivergence: isExact ? await divergence(points, map.data) : null };
}

/** The Kullback-Leibler divergence of a map's similarities from the affinities at perplexity 30. */
async function divergence(points: Points, embedding: Float32Array): Promise<number | null> {
  const still = await createTsne(points, { init: embedding, iterations: 0, theta: 0 });
  await still.run();
  return still.progress.objective ?? null;
}
