import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { CardLink } from '../../learn/card-link.tsx';
import type { Page } from '../../page.ts';
import { marksOf } from '../../state/curves.ts';
import { sayParts } from '../../text/loss-parts.ts';
import { sayNumber } from '../../text/phrases.ts';
import { type CurveLook, openCurve } from './open-curve.ts';

/** The loss and its terms after each epoch, live. */
export function LossCurve({ page }: { page: Page }) {
  const host = useRef<HTMLDivElement>(null);
  const look = useSignal<CurveLook>({ curve: 0, isLog: false, isSmooth: false });
  useEffect(() => (host.current ? openCurve(host.current, page, look) : undefined), [page, look]);
  const session = page.lab.session.value;
  const { rows, steps, start } = session;
  const row = rows.at(-1);
  const loss = row?.loss ?? steps?.losses.loss;
  const curves = start?.curves ?? [];
  const change = (part: Partial<CurveLook>) => {
    look.value = { ...look.value, ...part };
  };
  return (
    <section class="panel curve-panel" data-panel="loss" aria-label="Loss">
      <div class="panel-head">
        <h2>Loss</h2>
        <CardLink page={page} card="elbo" about="the two parts of the loss" />
        {curves.length > 1 && (
          <select
            aria-label="Which curve"
            value={String(look.value.curve)}
            onChange={({ currentTarget }) => change({ curve: Number(currentTarget.value) })}
          >
            {curves.map(({ title, column }, i) => (
              <option key={column} value={String(i)}>
                {title}
              </option>
            ))}
          </select>
        )}
        <span class="ticks">
          <label class="tick">
            <input
              type="checkbox"
              checked={look.value.isLog}
              onChange={({ currentTarget }) => change({ isLog: currentTarget.checked })}
            />
            log
          </label>
          <label class="tick">
            <input
              type="checkbox"
              checked={look.value.isSmooth}
              onChange={({ currentTarget }) => change({ isSmooth: currentTarget.checked })}
            />
            smooth
          </label>
        </span>
      </div>
      {loss === undefined ? (
        <p class="dim">What it pays for an image, in nats: less is better.</p>
      ) : (
        <p class="total" data-loss={loss}>
          {sayNumber(loss)}
          <span class="dim">{sayParts(row ?? steps?.losses ?? {}, curves)}</span>
        </p>
      )}
      <div class={start ? 'curve' : 'curve unused'} ref={host} />
      {start && (
        <p class="legend dim">
          <span class="line">training</span>
          <span class="line dotted">validation</span>
          {marksOf(session).some(({ words }) => words === 'rate cut') && (
            <span>| the learning rate was cut</span>
          )}
        </p>
      )}
      {rows.length > 0 && <EpochTable page={page} />}
    </section>
  );
}

/** The curves for those who read them: every epoch, every term. */
function EpochTable({ page }: { page: Page }) {
  const { rows, start } = page.lab.session.value;
  const columns = (start?.curves ?? []).flatMap(({ title, column, validation }) => [
    { title, column },
    { title: `${title}, validation`, column: validation },
  ]);
  return (
    <details class="table">
      <summary>Show as table</summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard. */}
      <section class="scroll" tabIndex={0} aria-label="Losses by epoch">
        <table>
          <thead>
            <tr>
              <th scope="col">Epoch</th>
              {columns.map(({ title, column }) => (
                <th key={column} scope="col">
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.epoch}>
                <th scope="row">{row.epoch}</th>
                {columns.map(({ column }) => (
                  <td key={column}>{typeof row[column] === 'number' ? sayNumber(row[column]) : ''}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </details>
  );
}
