import { OWN_METHODS } from '@latentkit/projections';
import type { MapQuality } from '../files/quality-file.ts';
import { table } from './html.ts';
import { wordsOf } from './words.ts';

/** How far to trust each map, and what the numbers are. */
export function mapQuality(quality: MapQuality): string {
  if (quality.length === 0) return '';
  const names = [...new Set(quality.flatMap(({ metrics }) => Object.keys(metrics)))];
  const rows = quality.map(({ method, metrics }) => [
    OWN_METHODS.find(({ name }) => name === method)?.title ?? method,
    ...names.map((name) => cellOf(metrics[name])),
  ]);
  return `${table(['method', ...names.map(wordsOf)], rows, { names: 1 })}<p>${MEASURES}</p>`;
}

/** Missing where images have no classes. */
function cellOf(value: number | null | undefined): string {
  return value != null && Number.isFinite(value) ? value.toFixed(3) : '-';
}

const MEASURES =
  '1 is best in each. Trustworthiness: are neighbours in the map neighbours in the latent space; continuity: the other way round; ' +
  'neighbor recall: how many of the nearest neighbours are kept; label accuracy: how many points have the class of most of their neighbours in the map; ' +
  'triplet accuracy: does the nearer of two points stay the nearer one; distance correlation: do far and near pairs stay so, ranked.';
