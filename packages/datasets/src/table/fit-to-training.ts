import type { Dataset, Examples, ImageSet } from '@latentkit/core';
import { checkValue, functionRule, having } from '@latentkit/core/options';
import type { TableColumn } from '@latentkit/core/table';
import type { ImportedParts } from '../import/gather-arrays.ts';

/** A table whose columns may be fitted to some of its rows. */
export interface TableFit {
  /** Its columns as these rows of `train` say: their means and deviations. */
  fit(rows: ArrayLike<number>): readonly TableColumn[];
  /** The numbers of each part, as columns say. */
  encode(columns: readonly TableColumn[]): Partial<Record<keyof ImportedParts, Float32Array<ArrayBuffer>>>;
}

/** Sets that may be a table's. */
export interface MaybeTable<Set extends Examples = ImageSet> {
  readonly parts: ImportedParts<Set>;
  readonly columns?: readonly TableColumn[];
  readonly table?: TableFit;
}

const setsRule = having('sets in parts', { parts: 'object' });
const HALF = 2 ** 16; // float32 counts to 2^24: a row's number is two of them

/**
 * Sets cut into those to learn from and to judge by, a table's numbers standardised by the rows to learn from alone: what a model is
 * judged by says nothing of itself before.
 *
 * @param cut decides by counts and labels alone, so that it cuts twice alike.
 */
export function fitToTraining<Set extends Examples, Cut extends Pick<Dataset<Examples>, 'train'>>(
  sets: MaybeTable<Set>,
  cut: (parts: ImportedParts<Set>) => Cut,
): Cut & Pick<Dataset, 'columns'> {
  checkValue('fitToTraining', 'sets', sets, setsRule);
  checkValue('fitToTraining', 'cut', cut, functionRule);
  const { parts, columns, table } = sets;
  if (!columns || !table) return { ...cut(parts), ...(columns && { columns }) };
  const { values } = cut(partsWith(parts, (set, part) => numbered(set, part === 'train'))).train.factors!;
  const learned = Array.from(
    { length: values.length / 2 },
    (_, i) => values[2 * i]! * HALF + values[2 * i + 1]!,
  );
  const fitted = table.fit(learned.filter((row) => row >= 0));
  if (fitted === columns) return { ...cut(parts), columns };
  const numbers = table.encode(fitted);
  return { ...cut(partsWith(parts, (set, part) => ({ ...set, images: numbers[part]! }))), columns: fitted };
}

function partsWith<Set extends Examples>(
  parts: ImportedParts<Set>,
  change: (set: Set, part: keyof ImportedParts) => Set,
): ImportedParts<Set> {
  const { train, validation, test } = parts;
  return {
    train: change(train, 'train'),
    ...(validation && { validation: change(validation, 'validation') }),
    ...(test && { test: change(test, 'test') }),
  };
}

/** Rows that know their number; below 0 where they are not of those to fit to. */
function numbered<Set extends Examples>(set: Set, isFitted: boolean): Set {
  const { count } = set;
  const values = new Float32Array(2 * count);
  for (let row = 0; row < count; row++) {
    values[2 * row] = isFitted ? Math.floor(row / HALF) : -1;
    values[2 * row + 1] = isFitted ? row % HALF : 0;
  }
  const factors = { names: ['high', 'low'], sizes: [0, 0], values };
  return { ...set, factors };
}
