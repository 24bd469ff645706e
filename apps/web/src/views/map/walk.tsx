import { WALK_STEPS } from '../../map/walk.ts';
import type { Page } from '../../page.ts';
import { ImageRow } from '../../parts/image-row.tsx';
import { sayNumber } from '../../text/phrases.ts';
import { tourTarget } from '../../tour/target.ts';

/** The way from one code to another: a strip, a slider, and the way playing. */
export function Walk({ page }: { page: Page }) {
  const { seen, walk } = page.map;
  const { ends, method, way, fault, at, plays } = walk;
  const { a, b } = ends.value;

  const set = (end: 'a' | 'b') => {
    if (seen.peek()) ends.value = { ...ends.peek(), [end]: seen.peek()!.code };
  };
  const data = page.lab.data.value;
  return (
    <section class="panel" aria-label="Walk" {...tourTarget('walk')}>
      <h2>Walk from A to B</h2>
      <div class="row">
        {(['a', 'b'] as const).map((end) => (
          <button
            key={end}
            type="button"
            title="To the place that is looked at"
            disabled={!seen.value}
            onClick={() => set(end)}
          >
            {ends.value[end] ? `Move ${end.toUpperCase()}` : `Set ${end.toUpperCase()} here`}
          </button>
        ))}
        {a && b && (
          <button
            type="button"
            onClick={() => {
              ends.value = { a: b, b: a };
            }}
          >
            Swap
          </button>
        )}
      </div>
      {!way.value || !data || !a || !b ? (
        <p class="dim">
          Point at a place of the map and press A or B, or these buttons. W walks from A to B, over and over.
        </p>
      ) : (
        <>
          {data.table ? (
            <p class="dim">
              From A to B, {sayNumber(distance(a, b))} apart: each place on the way is decoded above.
            </p>
          ) : (
            <ImageRow
              label={`From A to B, ${sayNumber(distance(a, b))} apart`}
              bytes={way.value.images}
              shape={data.shape}
              columns={8}
            />
          )}
          <label class="slider whole">
            <span class="unseen">Place on the way</span>
            <input
              type="range"
              min={0}
              max={WALK_STEPS - 1}
              value={at}
              onInput={({ currentTarget }) => walk.go(currentTarget.valueAsNumber)}
            />
          </label>
          <div class="row">
            <button
              type="button"
              aria-pressed={plays.value}
              onClick={() => {
                plays.value = !plays.value;
              }}
            >
              {plays.value ? 'Hold' : 'Play'}
            </button>
            {(['linear', 'spherical'] as const).map((one) => (
              <button
                key={one}
                type="button"
                aria-pressed={method.value === one}
                onClick={() => {
                  method.value = one;
                }}
              >
                {one}
              </button>
            ))}
          </div>
        </>
      )}
      {fault.value && <p class="bad">{fault}</p>}
    </section>
  );
}

function distance(a: Float32Array, b: Float32Array): number {
  return Math.hypot(...a.map((value, d) => value - b[d]!));
}
