import { checkValue, having } from '@latentkit/core/options';
import type { ProjectedMap } from './project-points.ts';

const mapRule = having('a map, as projectPoints gives it', { method: 'string', embedding: 'object' });

/** What a map took and how good it is, as a row of NDJSON; `measured` points were looked at for the metrics. */
export function qualityRow(map: ProjectedMap): object {
  checkValue('qualityRow', 'map', map, mapRule);
  const { method, embedding, seconds, quality } = map;
  const { count: measured, total: _, k, ...metrics } = quality ?? {};
  return { method, points: embedding.length / 2, seconds, metrics, k, measured };
}
