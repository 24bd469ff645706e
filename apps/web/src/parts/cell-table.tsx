import type { Cells } from '../lab/run-messages.ts';
import { ColumnsTable } from './columns-table.tsx';

interface CellTableProps {
  readonly label: string;
  /** The columns' names. */
  readonly columns: readonly string[];
  readonly rows: Cells;
  /** What each row is; absent where they are all alike. */
  readonly heads?: readonly string[];
}

/** Rows of a table, with what they are below it. */
export function CellTable({ label, columns, rows, heads }: CellTableProps) {
  return (
    <figure class="cell-table">
      <ColumnsTable label={label} columns={columns} hasHeads={heads !== undefined}>
        {rows.map((cells, row) => (
          <tr key={row}>
            {heads && <th scope="row">{heads[row]}</th>}
            {columns.map((name, i) => (
              <td key={name} class={typeof cells[i] === 'number' ? 'number' : undefined}>
                {cells[i]}
              </td>
            ))}
          </tr>
        ))}
      </ColumnsTable>
      <figcaption>{label}</figcaption>
    </figure>
  );
}
