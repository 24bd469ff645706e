import {
  anyNumber,
  fields,
  list,
  named,
  optional,
  positive,
  rule,
  type Schema,
  type SpecOf,
  text,
  whole,
  word,
} from './schema.ts';

const values = (least: number, most: number, be: string) =>
  rule(list(text()), (given) => {
    if (given.length < least || given.length > most) return `it has ${given.length} values, expected ${be}`;
    return new Set(given).size < given.length ? 'it has a value twice' : undefined;
  });

const KINDS = [
  /** Numbers, standardised: `(value - mean) / deviation` is what a model reads. */
  fields({
    type: word('gaussian'),
    name: text(),
    mean: anyNumber({ finite: true }),
    deviation: positive(),
    /** How many decimals a cell has at most, as numbers are written again; 0 for whole numbers. */
    decimals: optional(whole(0, 100)),
    /** What stands before them, where it is a comma. */
    decimal: optional(word(',')),
  }),
  /** One of two values: 0 and 1. */
  fields({ type: word('bernoulli'), name: text(), values: values(2, 2, 'two') }),
  /** One of several values: as many numbers, one of them 1. */
  fields({ type: word('categorical'), name: text(), values: values(2, 10_000, '2 to 10,000') }),
] as const;

/** A column of a table as a model reads it: what its cells were, and how they are written again. */
export type TableColumn = SpecOf<(typeof KINDS)[number]>;

/** What may be said of a table's columns. */
export const tableColumnsSchema: Schema<readonly TableColumn[]> = rule(
  list(
    named(
      'type',
      KINDS.map(({ entries }) => (entries.type as unknown as { literal: string }).literal),
      KINDS,
    ),
  ),
  (columns) => (columns.length === 0 ? 'a table has one column at least' : undefined),
);

/** How many numbers a cell of a column is. */
export function columnWidth(column: TableColumn): number {
  return column.type === 'categorical' ? column.values.length : 1;
}

/** How many numbers a row is, and where those of each column begin. */
export function tableLayout(columns: readonly TableColumn[]): { width: number; starts: number[] } {
  let width = 0;
  const starts = columns.map((column) => {
    const start = width;
    width += columnWidth(column);
    return start;
  });
  return { width, starts };
}
