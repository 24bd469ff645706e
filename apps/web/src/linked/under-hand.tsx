import type { ImageShape } from '@latentkit/core';
import type { TableRows } from '../lab/run-messages.ts';
import { CellTable } from '../parts/cell-table.tsx';
import { ImageRow } from '../parts/image-row.tsx';
import { namesOf } from '../text/class-names.ts';
import type { Link } from './link.ts';

interface UnderHandProps {
  readonly link: Link;
  readonly of: {
    readonly images: Uint8Array;
    readonly shape: ImageShape;
    readonly labels?: Uint8Array;
    readonly classNames?: readonly string[];
    /** Rows of a table, in the place of images. */
    readonly table?: TableRows;
  };
}

/** The image under the hand, which is the same in all maps. */
export function UnderHand({ link, of }: UnderHandProps) {
  const { images, shape, labels, table } = of;
  const size = shape.height * shape.width * shape.channels;
  const row = link.hovered.value;
  if (row === undefined) {
    return (
      <div class="under-hand">
        <p class="dim">
          Point at a dot to see its {table ? 'row' : 'image'}, and where it lies in the other maps.
        </p>
      </div>
    );
  }
  const label = labels?.[row];
  const name = label === undefined ? '' : `, class ${namesOf(of)[label] ?? label}`;
  if (table) {
    const rows = [table.rows[row]!];
    return (
      <div class="under-hand of-table">
        <CellTable label={`Row ${row + 1}${name}, marked in all maps`} columns={table.columns} rows={rows} />
      </div>
    );
  }
  return (
    <div class="under-hand">
      <ImageRow
        label={`Image ${row + 1}${name}, marked in all maps`}
        bytes={images.subarray(row * size, (row + 1) * size)}
        shape={shape}
        columns={1}
      />
    </div>
  );
}
