import type { Page } from '../../page.ts';
import { sayNumber } from '../../text/phrases.ts';

/** A dimension that carries less says nothing of an image. */
const DEAD_BELOW = 0.01;
/** As far as the prior goes, nearly always. */
const REACH = 3;

/** A slider a dimension, for codes of more than two numbers; those that say nothing are folded away. */
export function Sliders({ page }: { page: Page }) {
  const { plane, seen } = page.map;
  const kl = page.lab.pictures.value?.kl;
  const latentDim = page.lab.data.value?.latentDim ?? 0;
  if (latentDim < 3 || !plane.value) return null;
  const order = Array.from({ length: latentDim }, (_, d) => d).sort(
    (a, b) => (kl?.[b] ?? 0) - (kl?.[a] ?? 0),
  );
  const isDead = (d: number) => kl !== undefined && kl[d]! < DEAD_BELOW;
  const [live, dead] = [order.filter((d) => !isDead(d)), order.filter(isDead)];
  const slider = (d: number) => {
    const value = seen.value?.code[d] ?? plane.value!.origin[d] ?? 0;
    const isShown = plane.value!.axes.includes(d);
    return (
      <li key={d}>
        <label class="slider">
          <span>
            z<sub>{d + 1}</sub>
            {isShown && <small class="dim"> on the map</small>}
          </span>
          <input
            type="range"
            min={-REACH}
            max={REACH}
            step={0.05}
            value={value}
            onInput={({ currentTarget }) => {
              const next = currentTarget.valueAsNumber;
              if (!isShown) page.map.setOther(d, next);
              else {
                const code = new Float32Array(seen.peek()?.code ?? plane.peek()!.origin);
                code[d] = next;
                page.map.show(code);
              }
            }}
          />
          <span class="number">{sayNumber(value)}</span>
        </label>
      </li>
    );
  };
  return (
    <section class="panel" aria-label="Every dimension">
      <h2>Every dimension</h2>
      <ul class="sliders">{live.map(slider)}</ul>
      {dead.length > 0 && (
        <details>
          <summary>
            {dead.length === 1 ? '1 dimension says nothing' : `${dead.length} dimensions say nothing`}
          </summary>
          <ul class="sliders">{dead.map(slider)}</ul>
        </details>
      )}
    </section>
  );
}
