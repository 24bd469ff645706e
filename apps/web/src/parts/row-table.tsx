import type { ComponentChildren } from 'preact';
import type { RowsAndBack } from '../lab/evaluate-messages.ts';
import { ColumnsTable } from './columns-table.tsx';

/** Below it a cell is as expected to the eye. */
const PALE = 64;
const DIGITS = 4;

interface RowTableProps {
  readonly label: string;
  readonly pages: readonly (RowsAndBack & { readonly indices: readonly number[] })[];
  /** What stands before a row: of a page, of its place in that. */
  head(page: number, at: number): ComponentChildren;
  isOdd?(page: number, at: number): boolean;
}

/** Rows of a table, the stronger a cell's colour the more it differs from what was expected in its place, which stands below it then. */
export function RowTable({ label, pages, head, isOdd = () => false }: RowTableProps) {
  const names = pages[0]?.names ?? [];
  return (
    <div class="cell-table row-table">
      <ColumnsTable label={label} columns={names} hasHeads>
        {pages.flatMap((page, of) =>
          page.indices.map((index, at) => (
            <tr key={`${of} ${index}`} class={isOdd(of, at) ? 'is-odd' : ''}>
              <th scope="row">{head(of, at)}</th>
              {names.map((name, column) => (
                <Cell
                  key={name}
                  is={page.rows[at]![column]!}
                  expected={page.expected[at]![column]!}
                  strength={page.heat[at * names.length + column]!}
                />
              ))}
            </tr>
          )),
        )}
      </ColumnsTable>
    </div>
  );
}

interface CellProps {
  readonly is: number | string;
  readonly expected: number | string;
  /** 0 to 255. */
  readonly strength: number;
}

function Cell({ is, expected, strength }: CellProps) {
  return (
    <td
      class={typeof is === 'number' ? 'number' : undefined}
      style={{ '--strength': `${Math.round((strength / 255) * 45)}%` }}
    >
      {inShort(is)}
      {strength >= PALE && inShort(expected) !== inShort(is) && <small>expected {inShort(expected)}</small>}
    </td>
  );
}

const inShort = (cell: number | string) =>
  typeof cell === 'number' ? String(Number(cell.toPrecision(DIGITS))) : cell;
