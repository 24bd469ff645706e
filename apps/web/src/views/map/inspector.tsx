import { useSignal, useSignalEffect } from '@preact/signals';
import { useState } from 'preact/hooks';
import { latestOnly } from '../../lab/latest.ts';
import type { Cells } from '../../lab/run-messages.ts';
import type { Page } from '../../page.ts';
import { CellTable } from '../../parts/cell-table.tsx';
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
          <div class={data.table ? 'seen of-row' : 'seen'}>
            {!data.table && <ImageRow label="Decoded" bytes={now.image} shape={data.shape} columns={1} />}
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
          {data.table ? <NearestRows page={page} columns={data.table.columns} /> : <Nearest page={page} />}
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

/** Of a table: the row that the code decodes to, and real ones whose codes are nearest. */
function NearestRows({ page, columns }: { page: Page; columns: readonly string[] }) {
  const rows = useSignal<Cells>([]);
  const [ask] = useState(() =>
    latestOnly(
      async ({ code, nearest }: { code: Float32Array; nearest: readonly number[] }) => {
        const decoded = await page.lab.look('cells', {
          codes: new Float32Array(code),
          label: page.map.told.peek(),
        });
        const real = await page.lab.look('cells', { rows: nearest });
        return decoded && real && [...decoded, ...real];
      },
      (found) => {
        if (found) rows.value = found;
      },
    ),
  );
  useSignalEffect(() => {
    const { code } = page.map.seen.value ?? {};
    if (code) ask({ code, nearest: page.map.nearest.value });
  });
  if (rows.value.length === 0) return null;
  const heads = rows.value.map((_, i) => (i === 0 ? 'decoded' : 'real'));
  return (
    <CellTable
      label="The likeliest row of this code, and real rows whose codes are nearest"
      {...{ columns, heads, rows: rows.value }}
    />
  );
}
