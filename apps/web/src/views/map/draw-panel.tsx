import { useSignal, useSignalEffect } from '@preact/signals';
import { useEffect, useRef, useState } from 'preact/hooks';
import { latestOnly } from '../../lab/latest.ts';
import { openPad, type Pad } from '../../map/open-pad.ts';
import type { Page } from '../../page.ts';
import { ImageRow } from '../../parts/image-row.tsx';
import { sayError } from '../../text/faults.ts';
import { sayNumber } from '../../text/phrases.ts';
import { tourTarget } from '../../tour/target.ts';

/** Drawing an image by hand: where the network puts it, what it makes of it, and how unusual it finds it. */
export function DrawPanel({ page }: { page: Page }) {
  const host = useRef<HTMLCanvasElement>(null);
  const pad = useRef<Pad | undefined>(undefined);
  const image = useSignal<Uint8Array | undefined>(undefined);
  const fault = useSignal('');
  const data = page.lab.data.value;
  const { drawn } = page.map;
  const canDraw =
    data !== undefined && !data.table && data.shape.channels === 1 && data.shape.height === data.shape.width;

  const [ask] = useState(() =>
    latestOnly(
      async (next: Uint8Array | undefined) =>
        next && page.lab.look('judge', { image: new Uint8Array(next), label: page.map.told.peek() }),
      (judged) => {
        fault.value = '';
        drawn.value = judged;
        if (judged) page.map.show(judged.mean);
      },
      {
        fail(error) {
          fault.value = sayError(error).words;
        },
      },
    ),
  );
  const judge = (next: Uint8Array | undefined) => {
    image.value = next;
  };
  useSignalEffect(() => {
    page.map.told.value; // as another class it is another drawing
    if (!image.value) drawn.value = undefined;
    ask(image.value);
  });
  const side = data?.shape.height ?? 28;
  useEffect(() => {
    if (!host.current || !canDraw) return;
    pad.current = openPad(host.current, side, judge);
    return () => pad.current?.close();
  }, [canDraw, side]);
  const putIn = async (label: number) => {
    const row = data?.labels?.indexOf(label) ?? -1;
    const bytes = row < 0 ? undefined : await page.lab.look('images', { rows: [row] });
    if (bytes) pad.current?.put(bytes);
  };
  const judged = drawn.value;
  return (
    <section class="panel draw-panel" aria-label="Draw" {...tourTarget('draw')}>
      <div class="panel-head">
        <h2>Draw your own</h2>
        <button
          type="button"
          aria-label="Undo stroke"
          disabled={!canDraw}
          onClick={() => pad.current?.undo()}
        >
          Undo
        </button>
        <button type="button" disabled={!canDraw} onClick={() => pad.current?.clear()}>
          Clear
        </button>
      </div>
      {!canDraw && (
        <p class="dim">Train a network on grey, square images: then draw one, and see where it puts it.</p>
      )}
      <div class={canDraw ? 'drawing' : 'drawing unused'}>
        <canvas
          ref={host}
          class="pad"
          tabIndex={canDraw ? 0 : -1}
          aria-label="Drawing pad: arrow keys move, space draws and stops"
        />
        <div class="drawn">
          {!image.value && (
            <p class="dim">
              Draw here with the mouse, a finger or a pen; or by keys: arrows move, space draws.
            </p>
          )}
          {data && image.value && (
            <ImageRow label="What it sees" bytes={image.value} shape={data.shape} columns={1} />
          )}
          {data && judged && (
            <ImageRow
              label="What it makes of it"
              bytes={judged.reconstruction}
              shape={data.shape}
              columns={1}
            />
          )}
        </div>
      </div>
      {judged && (
        <p role="status">
          {judged.moreUnusualThan !== undefined && (
            <>
              More unusual than <strong>{Math.round(100 * judged.moreUnusualThan)}%</strong> of{' '}
              {data?.learnedFrom ? 'its training images' : 'images that it never saw'}{' '}
            </>
          )}
          <span class="dim">(loss {sayNumber(judged.loss)})</span>
        </p>
      )}
      {judged?.logVar && (
        <button
          type="button"
          title="Another code that it could be, as the encoder is not sure"
          onClick={() => page.map.show(resample(judged.mean, judged.logVar!))}
        >
          Resample its code
        </button>
      )}
      {canDraw && data?.labels && (
        <div class="row">
          <span class="dim">Put in a</span>
          {[...new Set(data.labels)]
            .sort((a, b) => a - b)
            .slice(0, 10)
            .map((label) => (
              <button key={label} type="button" onClick={() => void putIn(label)}>
                {data.classNames?.[label] ?? label}
              </button>
            ))}
        </div>
      )}
      {fault.value && <p class="bad">{fault}</p>}
    </section>
  );
}

/** A code of the posterior: `mean + exp(logVar / 2) * noise`. To play with: no run depends on these draws. */
function resample(mean: Float32Array, logVar: Float32Array): Float32Array {
  return mean.map((value, d) => value + Math.exp(0.5 * logVar[d]!) * drawNormal());
}

function drawNormal(): number {
  return Math.sqrt(-2 * Math.log(1 - Math.random())) * Math.cos(2 * Math.PI * Math.random());
}
