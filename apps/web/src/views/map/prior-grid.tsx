import { useSignal, useSignalEffect } from '@preact/signals';
import { useState } from 'preact/hooks';
import { latestOnly } from '../../lab/latest.ts';
import { quantileCodes } from '../../map/codes.ts';
import type { Page } from '../../page.ts';
import { ImageRow } from '../../parts/image-row.tsx';

/** Pictures along a side. */
const SIDE = 15;
/** There is room for it, so it is open from the start. */
const WIDE = '(min-width: 1320px)';

/** Pictures over the plane, as far apart as the prior is dense: each stands for as many random codes as any other. */
export function PriorGrid({ page }: { page: Page }) {
  const images = useSignal<Uint8Array | undefined>(undefined);
  const isOpen = useSignal(matchMedia(WIDE).matches);
  const [draw] = useState(() =>
    latestOnly(
      (asked: { codes: Float32Array; label: number }) =>
        page.lab.look('decode', { ...asked, isUrgent: false }),
      (bytes) => {
        if (bytes) images.value = bytes;
      },
    ),
  );
  useSignalEffect(() => {
    page.lab.pictures.value; // other weights make other pictures
    const plane = page.map.plane.value;
    const label = page.map.told.value;
    if (isOpen.value && plane) draw({ codes: quantileCodes(plane, SIDE), label });
  });
  const data = page.lab.data.value;
  // Codes of one number have no plane; their map itself shows what each decodes to. Rows of a table are no pictures.
  if (!data?.hasNormalPrior || data.latentDim < 2 || data.table) return null;
  return (
    <details
      class="panel"
      open={isOpen.value}
      onToggle={({ currentTarget }) => {
        isOpen.value = currentTarget.open;
      }}
    >
      <summary>The whole plane</summary>
      {!images.value ? (
        <p class="dim">Pictures over the whole of the prior, once there is a network of your own.</p>
      ) : (
        <ImageRow
          label="Decoded over the prior's quantiles: each picture stands for as many random codes"
          bytes={images.value}
          shape={data.shape}
          columns={SIDE}
        />
      )}
    </details>
  );
}
