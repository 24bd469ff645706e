import type { Cells } from '../lab/run-messages.ts';

interface CellTableProps {
  readonly label: string;
  /** The columns' names. */
  readonly columns: readonly string[];
  readonly rows: Cells;
  /** What each row is; absent where they are all alike. */
  readonly heads?: readonly string[];
}

/** Rows of a table: columns that do not fit are scrolled to. */
export function CellTable({ label, columns, rows, heads }: CellTableProps) {
  return (
    <figure class="cell-table">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard. */}
      <section class="scroll-across" tabIndex={0} aria-label={label}>
        <table>
          <thead>
            <tr>
              {heads && <td />}
              {columns.map((name) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
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
          </tbody>
        </table>
      </section>
      <figcaption>{label}</figcaption>
    </figure>
  );
}
