import { escapeHtml as text } from './escape-html.ts';
import { table } from './html.ts';
import { fixed, whole, wordsOf } from './words.ts';

const MOST_ROWS = 100;
const DEEPEST = 4;
const LONG = 32; // characters that are prose, which may wrap

/** Any JSON as tables: a list of objects one with a row each, the plain fields of an object one of names and values, others below it by their names. */
export function valueTables(value: unknown, depth = 0): string {
  if (Array.isArray(value)) return listTable(value);
  if (typeof value !== 'object' || value === null) return `<p>${text(cellOf(value))}</p>`;
  const isPlain = (field: unknown) => typeof field !== 'object' || field === null || isShort(field);
  const fields = Object.entries(value);
  const plain = fields.filter(([, field]) => isPlain(field));
  const rows = plain.map(([name, field]) => [titleOf(name), cellOf(field)]);
  const parts = fields
    .filter(([, field]) => !isPlain(field))
    .map(([name, field]) => {
      const inner = depth < DEEPEST ? valueTables(field, depth + 1) : `<p>${text(cellOf(field))}</p>`;
      return `<h3>${text(titleOf(name))}</h3>${inner}`;
    });
  return `${rows.length === 0 ? '' : table(['measure', 'value'], rows, { names: 1, kind: 'pairs' })}${parts.join('')}`;
}

function listTable(list: readonly unknown[]): string {
  const rows = list.slice(0, MOST_ROWS).map(rowOf);
  if (rows.length === 0) return '<p>none</p>';
  const all = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  // What has a title needs no name of its field beside it.
  const columns = all.includes('title') ? all.filter((column) => column !== 'name') : all;
  const isWords = (column: string) => rows.some((row) => typeof row[column] === 'string');
  const isProse = (column: string) => rows.some((row) => String(row[column] ?? '').length > LONG);
  const words = columns.filter((column) => isWords(column) && !isProse(column));
  const prose = columns.filter((column) => isWords(column) && isProse(column));
  const numbers = columns.filter((column) => !isWords(column));
  const ordered = [...words, ...numbers, ...prose];
  const cells = rows.map((row) => ordered.map((column) => cellOf(row[column])));
  const more = list.length - rows.length;
  const rest = more > 0 ? `<p>and ${whole(more)} more</p>` : '';
  return table(ordered.map(titleOf), cells, { names: words.length, prose: prose.length }) + rest;
}

/** A row's fields by name, those of an object within it beside the others. */
function rowOf(row: unknown): Record<string, unknown> {
  if (typeof row !== 'object' || row === null) return { value: row };
  const isObject = (field: unknown) => typeof field === 'object' && field !== null && !Array.isArray(field);
  return Object.fromEntries(
    Object.entries(row).flatMap(([name, field]) =>
      isObject(field) ? Object.entries(field) : [[name, field]],
    ),
  );
}

const ACRONYMS = /\b(elbo|kl|mse|psnr|ssim|fid|iwae|knn|pca|umap)\b/gi;

/** A field's name in words: `negativeElbo` as `negative ELBO`. */
function titleOf(name: string): string {
  return wordsOf(name).replace(ACRONYMS, (word) => word.toUpperCase());
}

/** A few numbers, which a cell has room for. */
function isShort(value: unknown): boolean {
  return Array.isArray(value) && value.length <= 4 && value.every((one) => typeof one !== 'object');
}

function cellOf(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'number') return Number.isInteger(value) ? whole(value) : fixed(value);
  if (Array.isArray(value)) return value.map(cellOf).join(', ');
  return typeof value === 'string' ? value : JSON.stringify(value);
}
