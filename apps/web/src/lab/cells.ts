import { type ImageSet, LatentkitError } from '@latentkit/core';
import { decodeTable, takeImages } from '@latentkit/datasets';
import { tableColumnsOf } from '@latentkit/experiment';
import type { ModelSpec } from '@latentkit/models';
import type { LookData } from './messages.ts';
import type { Cells } from './run-messages.ts';

/** Rows of a table, of what a model of its columns reads and gives, its likeliest cells; undefined for a model of images. */
export function cellsOf(spec: ModelSpec, values: ArrayLike<number>): Cells | undefined {
  const columns = tableColumnsOf(spec);
  return columns && decodeTable(columns, values);
}

/** Some rows of the table that a run is looked at by, as they were written. */
export function cellsOfRows({ spec, images, count }: LookData, rows: readonly number[]): Cells {
  const { images: taken } = takeImages({ shape: spec.image, images, count } as ImageSet, rows);
  const cells = cellsOf(spec, taken);
  if (cells) return cells;
  throw new LatentkitError('E_USAGE', 'the model that is shown is one of images, and has no cells');
}
