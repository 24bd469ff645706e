import { useSignal, useSignalEffect } from '@preact/signals';
import { useState } from 'preact/hooks';
import { latestOnly } from '../../lab/latest.ts';
import type { Cells } from '../../lab/run-messages.ts';
import { classMix, meanImage } from '../../map/codes.ts';
import type { Page } from '../../page.ts';
import { CellTable } from '../../parts/cell-table.tsx';
import { ImageRow } from '../../parts/image-row.tsx';
import { Swatch } from '../../parts/swatch.tsx';
import { namesOf } from '../../text/class-names.ts';
import { sayCount, sayNumber } from '../../text/phrases.ts';

/** Images of a selection that are shown, and those that its mean is of. */
const [SHOWN, AVERAGED] = [24, 500];
/** Rows of a table. */
const SHOWN_ROWS = 8;

/** What a selection is; of a table the row that its mean code decodes to, and rows of it. */
type Pictured =
  | { readonly images: Uint8Array; readonly mean: Uint8Array; readonly decoded: Uint8Array }
  | { readonly cells: Cells };

/** What was taken with the lasso: how many, of which classes, what they are on the whole. */
export function SelectionPanel({ page }: { page: Page }) {
  const { selection, tool } = page.map;
  const pictured = useSignal<Pictured | undefined>(undefined);
  const [picture] = useState(() =>
    latestOnly(
      (rows: readonly number[] | undefined) => picturesOf(page, rows),
      (found) => {
        pictured.value = found;
      },
    ),
  );
  useSignalEffect(() => {
    pictured.value = undefined;
    page.map.told.value; // its mean is decoded as another class
    picture(selection.value?.rows);
  });
  const rows = selection.value?.rows;
  const data = page.lab.data.value;
  const names = namesOf(data);
  return (
    <section class="panel" aria-label="Selection">
      <div class="panel-head">
        <h2>Selection</h2>
        <button
          type="button"
          aria-pressed={tool.value === 'lasso'}
          onClick={() => {
            tool.value = tool.value === 'lasso' ? 'probe' : 'lasso';
          }}
        >
          Lasso
        </button>
        {rows && (
          <button type="button" onClick={() => page.map.select(undefined)}>
            Clear
          </button>
        )}
      </div>
      {!rows || !data ? (
        <p class="dim">Take some codes together: draw a loop around them, or press L on the map.</p>
      ) : (
        <>
          <p role="status">
            <strong>{sayCount(rows.length)}</strong> of {sayCount(data.count)} codes
          </p>
          {data.labels && (
            <ul class="mix">
              {classMix(rows, data.labels).map(({ label, count }) => (
                <li key={label}>
                  <Swatch label={label} /> {names[label] ?? label}
                  <span class="number">{sayCount(count)}</span>
                </li>
              ))}
            </ul>
          )}
          {pictured.value && (
            <>
              {'cells' in pictured.value ? (
                <CellTable
                  label="Their mean code, decoded; and some of them"
                  columns={data.table!.columns}
                  rows={pictured.value.cells}
                  heads={pictured.value.cells.map((_, i) => (i === 0 ? 'mean' : 'real'))}
                />
              ) : (
                <>
                  <div class="pair">
                    <ImageRow
                      label="Their mean code, decoded"
                      bytes={pictured.value.decoded}
                      shape={data.shape}
                      columns={1}
                    />
                    <ImageRow
                      label="Their images' mean"
                      bytes={pictured.value.mean}
                      shape={data.shape}
                      columns={1}
                    />
                  </div>
                  <ImageRow
                    label="Some of them"
                    bytes={pictured.value.images}
                    shape={data.shape}
                    columns={8}
                  />
                </>
              )}
              <Members page={page} rows={rows.slice(0, SHOWN)} />
            </>
          )}
          <div class="row">
            {(['a', 'b'] as const).map((end) => (
              <button
                key={end}
                type="button"
                onClick={() => {
                  const code = page.map.selectedMean();
                  if (code) page.map.walk.ends.value = { ...page.map.walk.ends.value, [end]: code };
                }}
              >
                Keep as {end.toUpperCase()}
              </button>
            ))}
          </div>
        </>
      )}
    </section>
  );
}

async function picturesOf(page: Page, rows: readonly number[] | undefined): Promise<Pictured | undefined> {
  const code = page.map.selectedMean();
  const { shape, table } = page.lab.data.peek() ?? {};
  if (!rows || !code || !shape) return undefined;
  if (table) {
    const decoded = await page.lab.look('cells', { codes: code, label: page.map.told.peek() });
    const real = await page.lab.look('cells', { rows: rows.slice(0, SHOWN_ROWS) });
    return decoded && real && { cells: [...decoded, ...real] };
  }
  const images = await page.lab.look('images', { rows: rows.slice(0, AVERAGED) });
  const decoded = await page.lab.decode(code, page.map.told.peek());
  const pixels = shape.height * shape.width * shape.channels;
  return images && { images: images.slice(0, SHOWN * pixels), mean: meanImage(images, pixels), decoded };
}

/** The same images in words, for those who read them: which they are, of what class, how far from the mean of all that are selected. */
function Members({ page, rows }: { page: Page; rows: readonly number[] }) {
  const { means } = page.lab.pictures.value ?? {};
  const data = page.lab.data.value;
  const middle = page.map.selectedMean();
  if (!means || !data || !middle) return null;
  const names = namesOf(data);
  const awayOf = (row: number) =>
    Math.hypot(...middle.map((value, d) => value - means[row * data.latentDim + d]!));
  return (
    <details class="table">
      <summary>Show as list</summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard. */}
      <section class="scroll" tabIndex={0} aria-label="Selected images">
        <ol class="members">
          {rows.map((row) => (
            <li key={row}>
              Image {row + 1}
              {data.labels && `, class ${names[data.labels[row]!] ?? data.labels[row]}`},{' '}
              {sayNumber(awayOf(row))} from their mean
            </li>
          ))}
        </ol>
      </section>
    </details>
  );
}
