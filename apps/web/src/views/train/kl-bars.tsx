import { CardLink } from '../../learn/card-link.tsx';
import type { Page } from '../../page.ts';
import { sayNumber } from '../../text/phrases.ts';

/** A dimension that carries less says nothing of an image. */
const DEAD_BELOW = 0.01;
/** Bars are at least so long, in nats: where nothing says anything, none is full. */
const LEAST_WHOLE = 1;

/** What each latent dimension carries, those that carry most first. */
export function KlBars({ page }: { page: Page }) {
  const kl = page.lab.pictures.value?.kl;
  const bars = (kl ?? [])
    .map((nats, dimension) => ({ nats, dimension }))
    .sort((a, b) => b.nats - a.nats)
    .slice(0, 16);
  const most = Math.max(LEAST_WHOLE, ...bars.map(({ nats }) => nats));
  return (
    <section class="panel" data-panel="kl">
      <div class="panel-head">
        <h2>What each code carries</h2>
        <CardLink page={page} card="dead" about="dimensions that say nothing" />
      </div>
      {bars.length === 0 && <p class="dim">The KL divergence of each dimension, in nats.</p>}
      <ul class="kl-bars">
        {bars.map(({ nats, dimension }) => (
          <li key={dimension} class={nats < DEAD_BELOW ? 'dim' : ''}>
            <span>
              z<sub>{dimension + 1}</sub>
            </span>
            <meter value={nats} max={most} aria-label={`dimension ${dimension + 1}`} />
            <span class="number">{sayNumber(nats)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
