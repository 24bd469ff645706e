import type { ImageShape } from '@latentkit/core';
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
  };
}

/** The image under the hand, which is the same in all maps. */
export function UnderHand({ link, of }: UnderHandProps) {
  const { images, shape, labels } = of;
  const size = shape.height * shape.width * shape.channels;
  const row = link.hovered.value;
  if (row === undefined) {
    return (
      <div class="under-hand">
        <p class="dim">Point at a dot to see its image, and where it lies in the other maps.</p>
      </div>
    );
  }
  const label = labels?.[row];
  const name = label === undefined ? '' : `, class ${namesOf(of)[label] ?? label}`;
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
