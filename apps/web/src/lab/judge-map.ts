import { createNeighborSearch, measureQuality, neighborRecall, type Points } from '@latentkit/projections';
import type { JudgedMap } from './map-messages.ts';
import type { LookCalls } from './messages.ts';

/** Neighbours that are looked at. */
const K = 12;
/** Of more points a map is not held against an earlier one: all distances are looked at. */
const MOST_COMPARED = 20_000;

/** Holds a map against the points that it is of, and against an earlier map of them. */
export async function judgeMap({
  points,
  map: data,
  labels,
  before,
}: Parameters<LookCalls['judgeMap']>[0]): Promise<JudgedMap> {
  const { count } = points;
  const map: Points = { data, count, dimensions: 2 };
  const k = Math.min(K, Math.max(1, Math.ceil(count / 2) - 1));
  const quality = await measureQuality(points, map, { k, ...(labels && { labels }) });
  const isCompared = before !== undefined && count <= MOST_COMPARED;
  return {
    quality,
    kept: await keptOf(points, map, k),
    ...(isCompared && { asBefore: await neighborRecall({ data: before, count, dimensions: 2 }, map, { k }) }),
  };
}

/** Of each point, the share of its k nearest that are among its k nearest on the map. */
async function keptOf(points: Points, map: Points, k: number): Promise<Float32Array> {
  const [near, seen] = await Promise.all(
    [points, map].map(async (of) => (await createNeighborSearch(of, { k })).run()),
  );
  return Float32Array.from({ length: points.count }, (_, row) => {
    const others = new Set(seen!.indices.subarray(row * k, (row + 1) * k));
    let shared = 0;
    for (let i = row * k; i < (row + 1) * k; i++) if (others.has(near!.indices[i]!)) shared++;
    return shared / k;
  });
}
