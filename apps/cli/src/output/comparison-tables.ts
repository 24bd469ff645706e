import type { ComparedRow } from '@latentkit/experiment';
import { formatTable } from '@latentkit/terminal';

const LEAST_NAME = 8;

/** A table of as many runs as fit beside each other, and another one of the next: no run is left out, and no number cut. */
export function comparisonTables(
  names: readonly string[],
  rows: readonly ComparedRow<unknown>[],
  width: number,
): (readonly string[])[] {
  const beside = Math.max(0, ...rows.map(({ title }) => title.length)) + 2;
  // The end of a long path tells more than its beginning.
  const titleOf = (name: string) => name.slice(-Math.max(LEAST_NAME, Math.min(name.length, width - beside)));
  const tableOf = (first: number, count: number, room: number) =>
    formatTable(
      rows,
      [
        { title: 'setting', align: 'left', cell: ({ title }) => title },
        ...names.slice(first, first + count).map((name, i) => ({
          ...{ title: titleOf(name), cell: ({ cells }: ComparedRow<unknown>) => cells[first + i]! },
        })),
      ],
      { width: room },
    );
  const fits = (first: number, count: number) =>
    tableOf(first, count, Number.POSITIVE_INFINITY).every(({ length }) => length <= width);
  const tables: (readonly string[])[] = [];
  for (let first = 0; first < names.length; ) {
    let count = names.length - first;
    while (count > 1 && !fits(first, count)) count--;
    tables.push(tableOf(first, count, width));
    first += count;
  }
  return tables;
}
