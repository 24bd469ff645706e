import { useSignal } from '@preact/signals';
import { quantileCodes } from '../../map/codes.ts';
import type { Page } from '../../page.ts';
import { ImageRow } from '../../parts/image-row.tsx';

/** Pictures along a side. */
const SIDE = 15;

/** Pictures over the plane, as far apart as the prior is dense: each stands for as many random codes as any other. */
export function PriorGrid({ page }: { page: Page }) {
  const images = useSignal<Uint8Array | undefined>(undefined);
  const isOpen = useSignal(false);
  const data = page.lab.data.value;
  if (!data?.hasNormalPrior) return null;
  const draw = async () => {
    const plane = page.map.plane.peek();
    if (!plane) return;
    const codes = quantileCodes(plane, SIDE);
    images.value = await page.lab.look('decode', { codes, isUrgent: false });
  };
  return (
    <details
      class="panel"
      open={isOpen.value}
      onToggle={({ currentTarget }) => {
        isOpen.value = currentTarget.open;
        if (currentTarget.open) void draw();
      }}
    >
      <summary>The whole plane</summary>
      {isOpen.value && (
        <>
          <ImageRow
            label="Decoded over the prior's quantiles: each picture stands for as many random codes"
            bytes={images.value}
            shape={data.shape}
            columns={SIDE}
          />
          <button type="button" onClick={() => void draw()}>
            Draw again
          </button>
        </>
      )}
    </details>
  );
}
