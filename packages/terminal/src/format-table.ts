import { printable } from './printable.ts';

/** A column of a table for a terminal. */
export interface TableColumn<Row> {
  readonly title: string;
  /** Text to the left, numbers to the right: `'right'` by default. */
  readonly align?: 'left' | 'right';
  /** Characters that it is wide at least, so that tables of some rows each stand in line. */
  readonly least?: number;
  /** Where the lines are too long, columns go by these numbers, the highest first; one without stays. */
  readonly expendable?: number;
  cell(row: Row): string;
}

const GAP = '  ';

/**
 * Rows as the lines of a table, under a line of titles where any column has one; columns that do not fit in `width`
 * characters are left out, and what is too long even then is cut.
 *
 * @example
 * formatTable([{ name: 'a', size: 10 }], [
 *   { title: 'name', align: 'left', cell: ({ name }) => name },
 *   { title: 'size', cell: ({ size }) => String(size) },
 * ], { width: 80 }); // ['name  size', 'a       10']
 */
export function formatTable<Row>(
  rows: readonly Row[],
  columns: readonly TableColumn<Row>[],
  { width }: { width: number },
): string[] {
  let shown = columns.map((column) => {
    const cells = [column.title, ...rows.map((row) => printable(column.cell(row)))];
    return { ...column, cells, size: Math.max(column.least ?? 0, ...cells.map(lengthOf)) };
  });
  const length = () => shown.reduce((sum, { size }) => sum + size + GAP.length, -GAP.length);
  while (length() > width) {
    const most = Math.max(...shown.map(({ expendable = 0 }) => expendable));
    if (most === 0) break;
    shown = shown.filter(({ expendable = 0 }) => expendable !== most);
  }
  const lines = Array.from({ length: rows.length + 1 }, (_, i) =>
    shown.map(({ align, cells, size }) => pad(cells[i]!, size, align)).join(GAP),
  );
  return lines.slice(columns.some(({ title }) => title !== '') ? 0 : 1).map((line) => cut(line, width));
}

/** In characters, as far as they are one wide. */
const lengthOf = (text: string) => [...text].length;

function pad(text: string, size: number, align: 'left' | 'right' = 'right'): string {
  const room = ' '.repeat(size - lengthOf(text));
  return align === 'left' ? text + room : room + text;
}

const cut = (line: string, width: number) => [...line].slice(0, width).join('').trimEnd();
