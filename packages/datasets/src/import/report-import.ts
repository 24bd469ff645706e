import { type Examples, LatentkitError, shorten } from '@latentkit/core';
import type { ImportedParts } from './gather-arrays.ts';
import type { ImportReport, SkippedFile } from './import-report.ts';
import { TEXT } from './recognize-file.ts';

const SHOWN_REASONS = 5;

/** What was kept of files, and what was not. */
export function reportOf(
  source: ImportReport['source'],
  {
    parts,
    classNames,
    notes,
  }: { parts: ImportedParts<Examples>; classNames?: readonly string[]; notes: readonly string[] },
  skipped: readonly SkippedFile[],
): ImportReport {
  const sets = Object.values(parts);
  const counts = new Map<number, number>(classNames?.map((_, i) => [i, 0]));
  for (const { labels = [] } of sets) {
    for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  }
  const classes = [...counts].sort(([a], [b]) => a - b);
  return {
    source,
    kept: sets.reduce((sum, { count }) => sum + count, 0),
    skipped: [...skipped].sort((a, b) => (a.name < b.name ? -1 : 1)),
    classes: classes.map(([label, count]) => ({ name: classNames?.[label] ?? String(label), count })),
    notes,
  };
}

/** That nothing was, and what the first files are. */
export function nothingKept(skipped: readonly SkippedFile[]): LatentkitError {
  const isText = skipped.some(({ name, why }) => why === TEXT && /\.(?:csv|tsv)$/i.test(name));
  const fix = `Give images (PNG, JPEG, ...), arrays (.npy, .npz, .safetensors, IDX) or a table (.csv, .parquet) of an image a row${
    isText ? ". A table of columns, words among them, is read as such: source: 'table', --dataset table" : ''
  }`;
  if (skipped.length === 0)
    return new LatentkitError('E_NOT_FOUND', 'importFiles: there are no files', { fix });
  const shown = skipped.slice(0, SHOWN_REASONS).map(({ name, why }) => `${shorten(name)} (${why})`);
  const more = skipped.length > shown.length ? `, and ${skipped.length - shown.length} more` : '';
  const areModels = skipped.every(({ why }) => why.includes('model'));
  const alone = areModels ? 'this is a model, and no data' : 'this is no data';
  const what = skipped.length === 1 ? alone : `none of ${skipped.length} files is data`;
  return new LatentkitError('E_FORMAT', `importFiles: ${what}: ${shown.join(', ')}${more}`, { fix });
}
