import { CellTable } from '../parts/cell-table.tsx';
import { ImageRow } from '../parts/image-row.tsx';
import type { Link } from './link.ts';
import type { Things } from './things.ts';

interface UnderHandProps {
  readonly link: Link;
  readonly of: Things;
}

/** The image under the hand, or the row of a table, which is the same in all maps. */
export function UnderHand({ link, of: { nameOf, images, table } }: UnderHandProps) {
  const row = link.hovered.value;
  if (row === undefined) {
    return (
      <div class="under-hand">
        <p class="dim">
          Point at a dot to see its {images ? 'image' : 'row'}, and where it lies in the other maps.
        </p>
      </div>
    );
  }
  const label = `${nameOf(row)}, marked in all maps`;
  if (table) {
    return (
      <div class="under-hand of-table">
        <CellTable label={label} columns={table.columns} rows={[table.cellsOf(row)]} />
      </div>
    );
  }
  if (!images) return null;
  const { bytes, shape } = images;
  const size = shape.height * shape.width * shape.channels;
  return (
    <div class="under-hand">
      <ImageRow
        label={label}
        bytes={bytes.subarray(row * size, (row + 1) * size)}
        shape={shape}
        columns={1}
      />
    </div>
  );
}
