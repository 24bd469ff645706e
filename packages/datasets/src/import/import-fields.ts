import {
  chosenBy,
  fields,
  flag,
  oneOf,
  optional,
  record,
  rule,
  type Schema,
  text,
  whole,
  word,
} from '@latentkit/core/schema';
import { MOST_SIDE, type PictureSize } from './image-size.ts';
import { SOURCES } from './import-source.ts';

const greyOrColor = rule(whole(1, 3), (value) =>
  value === 2 ? 'it is 2, expected 1 for grey or 3 for RGB' : undefined,
);
const side = whole(1, MOST_SIDE);
const bothSides = fields({ width: side, height: side });

/** What a config may say of how files become images. */
export const importFields = {
  /** What alone is to be read; by default what files are is found by their content. */
  source: optional(oneOf(SOURCES)),
  /** The side of every image, or both sides; by default what they have. */
  size: optional(
    chosenBy<number | PictureSize>(
      (value) => (typeof value === 'object' ? bothSides : side) as Schema<number | PictureSize>,
    ),
  ),
  /** 1 for grey, 3 for RGB; by default RGB where any image has colour. */
  channels: optional(
    chosenBy<1 | 3 | 'auto'>(
      (value) => (value === 'auto' ? word('auto') : greyOrColor) as Schema<1 | 3 | 'auto'>,
    ),
  ),
  fit: optional(oneOf(['crop', 'pad', 'stretch'])),
  background: optional(oneOf(['white', 'black'])),
  /** Of a table: columns that are not read as their cells say. */
  uses: optional(record(oneOf(['number', 'category', 'ignore']), "be of columns' names to their uses")),
  /** Of a table: what becomes of missing cells. */
  missing: optional(oneOf(['error', 'drop', 'mean'])),
  /** Of a CSV: one character between cells, what stands before decimals, and whether its first row names the columns; by default found out. */
  delimiter: optional(text()),
  decimal: optional(oneOf(['.', ','])),
  header: optional(flag()),
  /** The column of the classes, of a table or of metadata.csv: its name, or its place from 0. */
  labelColumn: optional(
    chosenBy<string | number>(
      (value) => (typeof value === 'number' ? whole(0) : text()) as Schema<string | number>,
    ),
  ),
};
