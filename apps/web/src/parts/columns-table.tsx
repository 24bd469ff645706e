import type { ComponentChildren } from 'preact';

interface ColumnsTableProps {
  readonly label: string;
  readonly columns: readonly string[];
  /** Whether rows begin with what they are. */
  readonly hasHeads: boolean;
  /** The rows. */
  readonly children: ComponentChildren;
}

/** A table under the names of its columns; those that do not fit are scrolled to. */
export function ColumnsTable({ label, columns, hasHeads, children }: ColumnsTableProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard.
    <section class="scroll-across" tabIndex={0} aria-label={label}>
      <table>
        <thead>
          <tr>
            {hasHeads && <td />}
            {columns.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </section>
  );
}
