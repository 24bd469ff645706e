import { useSignal, useSignalEffect } from '@preact/signals';
import { useState } from 'preact/hooks';
import { latestOnly } from '../../lab/latest.ts';
import type { Page } from '../../page.ts';
import { ImageRow } from '../../parts/image-row.tsx';
import { sayNumber } from '../../text/phrases.ts';

/** Numbers of a code that are written out. */
const WRITTEN = 8;

/** What lies under the hand: its image, its numbers, and the images nearest to it. */
export function Inspector({ page }: { page: Page }) {
  const { seen } = page.map;
  const data = page.lab.data.value;
  const now = seen.value;
  return (
    <section
      class="panel inspector"
      aria-label="Under the hand"
      tabIndex={-1}
      ref={(element) => {
        page.map.inspector.value = element ?? undefined;
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !page.map.host.value) return;
        page.map.host.value.focus();
        event.stopPropagation();
      }}
    >
      <h2>Under the hand</h2>
      {data && now ? (
        <>
          <div class="seen">
            <ImageRow label="Decoded" bytes={now.image} shape={data.shape} columns={1} />
            <ul class="numbers">
              {[...now.code].slice(0, WRITTEN).map((value, d) => (
                <li key={d}>
                  z<sub>{d + 1}</sub> <span class="number">{sayNumber(value)}</span>
                </li>
              ))}
              {now.code.length > WRITTEN && <li class="dim">and {now.code.length - WRITTEN} more</li>}
              {data.hasNormalPrior && (
                <li class="wide dim">{sayNumber(Math.hypot(...now.code))} from the middle</li>
              )}
            </ul>
          </div>
          <Nearest page={page} />
        </>
      ) : (
        <p class="dim">Move over the map, or drag on it: what lies there is decoded.</p>
      )}
    </section>
  );
}

/** The images whose codes are nearest: real ones. */
function Nearest({ page }: { page: Page }) {
  const images = useSignal<Uint8Array | undefined>(undefined);
  const [ask] = useState(() =>
    latestOnly(
      (rows: readonly number[]) => page.lab.look('images', { rows: [...rows] }),
      (bytes) => {
        if (bytes) images.value = bytes;
      },
    ),
  );
  useSignalEffect(() => {
    if (page.map.nearest.value.length > 0) ask(page.map.nearest.value);
  });
  const shape = page.lab.data.value?.shape;
  if (!images.value || !shape) return null;
  return <ImageRow label="Nearest real images" bytes={images.value} shape={shape} columns={6} />;
}
