import { useEffect, useRef } from 'preact/hooks';
import type { Page } from '../../page.ts';
import { sayNumber } from '../../text/phrases.ts';
import { openCurve } from './open-curve.ts';

/** The loss of each epoch, live. */
export function LossCurve({ page }: { page: Page }) {
  const host = useRef<HTMLDivElement>(null);
  useEffect(() => (host.current ? openCurve(host.current, page.lab.session) : undefined), [page]);
  const { rows, steps } = page.lab.session.value;
  const row = rows.at(-1);
  const loss = row?.loss ?? steps?.losses.loss;
  return (
    <section class="panel curve-panel">
      <h2>Loss</h2>
      {loss !== undefined && (
        <p class="number" data-loss={loss}>
          {sayNumber(loss)}
          {row?.kl !== undefined && row.reconstruction !== undefined && (
            <span class="dim">
              {' '}
              = {sayNumber(row.reconstruction)} reconstruction + {sayNumber(row.kl)} KL
            </span>
          )}
        </p>
      )}
      <div class="curve" ref={host} />
    </section>
  );
}
