import type { ImageShape } from '@latentkit/core';
import type { FirstColumn } from '../lab/map-messages.ts';
import type { Cells, TableRows } from '../lab/run-messages.ts';
import { namesOf } from '../text/class-names.ts';

/** What lies on linked maps, row by row: images, or rows of a table. */
export interface Things {
  /** What a row is called: 'Image 12, class 3', 'Row 12'. */
  nameOf(row: number): string;
  readonly images?: { readonly bytes: Uint8Array; readonly shape: ImageShape };
  /** Of rows of a table, what is in them. */
  readonly table?: { readonly columns: readonly string[]; cellsOf(row: number): Cells[number] };
}

/** What is known of a run's images, or of its rows. */
interface KnownOfRun {
  readonly images: Uint8Array;
  readonly shape: ImageShape;
  readonly labels?: Uint8Array;
  readonly classNames?: readonly string[];
  readonly table?: TableRows;
}

/** More of them are not told to those who do not see them. */
const TOLD = 4;

export function thingsOfRun(run: KnownOfRun): Things {
  const { images, shape, labels, table } = run;
  const names = namesOf(run);
  if (!table) return { nameOf: naming('Image', labels, names), images: { bytes: images, shape } };
  const { columns, rows } = table;
  return { nameOf: naming('Row', labels, names), table: { columns, cellsOf: (row) => rows[row]! } };
}

export function thingsOfFile({
  first,
  labels,
  names,
}: {
  readonly first: readonly FirstColumn[];
  readonly labels?: ArrayLike<number> | undefined;
  readonly names: readonly string[];
}): Things {
  let columns: ((row: number) => number | string)[] | undefined; // read once a hand is there
  return {
    nameOf: naming('Row', labels, names),
    table: {
      columns: first.map(({ name }) => name),
      cellsOf(row) {
        columns ??= first.map(({ values }) => readerOf(values));
        return columns.map((read) => read(row));
      },
    },
  };
}

/** What is said of a row to those who do not see it: 'Row 12, class oak: height 30.5, soil sand'. */
export function sayThing({ nameOf, table }: Things, row: number): string {
  if (!table) return nameOf(row);
  const cells = table.cellsOf(row);
  const said = table.columns.slice(0, TOLD).map((column, i) => `${column} ${cells[i]}`);
  return said.length > 0 ? `${nameOf(row)}: ${said.join(', ')}` : nameOf(row);
}

function naming(thing: string, labels: ArrayLike<number> | undefined, names: readonly string[]) {
  return (row: number): string => {
    const label = labels?.[row];
    return `${thing} ${row + 1}${label === undefined || label < 0 ? '' : `, class ${names[label] ?? label}`}`;
  };
}

function readerOf(values: FirstColumn['values']): (row: number) => number | string {
  if (typeof values !== 'string') return (row) => Number(values[row]!.toPrecision(4));
  const lines = values.split('\n');
  return (row) => lines[row]!;
}
