import type { ProjectedMap } from './project-points.ts';

/** What a map took and how good it is, as a row of NDJSON; `measured` points were looked at for the metrics. */
export function qualityRow({ method, embedding, seconds, quality }: ProjectedMap): object {
  const { count: measured, total: _, k, ...metrics } = quality ?? {};
  return { method, points: embedding.length / 2, seconds, metrics, k, measured };
}
