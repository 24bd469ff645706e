import { OWN_METHODS } from '@latentkit/projections';
import { table } from './html.ts';
import { valueTables } from './value-tables.ts';
import { wordsOf } from './words.ts';

/** How far to trust each map, and what the numbers are; values of another form as they are. */
export function mapQuality(quality: unknown): string {
  if (!Array.isArray(quality) || quality.length === 0 || !quality.every(isRow)) return valueTables(quality);
  const names = [...new Set(quality.flatMap(({ metrics }) => Object.keys(metrics)))];
  const rows = quality.map(({ method, metrics }) => [
    OWN_METHODS.find(({ name }) => name === method)?.title ?? method,
    ...names.map((name) => cellOf(metrics[name])),
  ]);
  return `${table(['method', ...names.map(wordsOf)], rows, { names: 1 })}<p>${MEASURES}</p>`;
}

interface QualityRow {
  method: string;
  metrics: Readonly<Record<string, unknown>>;
}

function isRow(row: unknown): row is QualityRow {
  const { method, metrics } = Object(row);
  return typeof method === 'string' && typeof metrics === 'object' && metrics !== null;
}

/** Missing where images have no classes. */
function cellOf(value: unknown): string {
  return typeof value === 'number' && Number.isFinite(value) ? value.toFixed(3) : '-';
}

const MEASURES =
  '1 is best in each. Trustworthiness: are neighbours in the map neighbours in the latent space; continuity: the other way round; ' +
  'neighbor recall: how many of the nearest neighbours are kept; label accuracy: how many points have the class of most of their neighbours in the map; ' +
  'triplet accuracy: does the nearer of two points stay the nearer one; distance correlation: do far and near pairs stay so, ranked.';
