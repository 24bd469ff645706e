/** A column of a table for a terminal. */
export interface TextColumn {
  readonly title: string;
  readonly cells: readonly string[];
  /** Words stand at the left of their column, numbers at the right; numbers by default. */
  readonly isWords?: boolean;
  /** Left out first where there is no room, the largest number first; 0, never, by default. */
  readonly spare?: number;
}

const GAP = '  ';

/** The lines of a table, the first its titles; cut at `width`, which leaves out what can be spared before. */
export function textTable(columns: readonly TextColumn[], width = Number.POSITIVE_INFINITY): string[] {
  const shown = fitting(columns, width);
  const widths = shown.map(widthOf);
  const line = (cellOf: (column: TextColumn) => string) =>
    shown
      .map((column, i) => {
        const cell = cellOf(column);
        return column.isWords ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!);
      })
      .join(GAP)
      .slice(0, width)
      .trimEnd();
  const count = columns[0]?.cells.length ?? 0;
  return [
    line(({ title }) => title),
    ...Array.from({ length: count }, (_, row) => line(({ cells }) => cells[row]!)),
  ];
}

function widthOf({ title, cells }: TextColumn): number {
  return Math.max(title.length, ...cells.map((cell) => cell.length));
}

function fitting(columns: readonly TextColumn[], width: number): readonly TextColumn[] {
  const total = columns.reduce((sum, column) => sum + widthOf(column) + GAP.length, -GAP.length);
  const most = Math.max(...columns.map(({ spare = 0 }) => spare));
  if (total <= width || most === 0) return columns;
  return fitting(
    columns.filter(({ spare = 0 }) => spare < most),
    width,
  );
}
