import { sayNumber } from '../text/phrases.ts';

/** A dimension that carries less says nothing of an image. */
const DEAD_BELOW = 0.01;
/** Bars are at least so long, in nats: where nothing says anything, none is full. */
const LEAST_WHOLE = 1;
const MOST_BARS = 16;

/** The KL of latent dimensions, in nats, those that carry most first. */
export function LatentBars({ kl }: { kl: readonly number[] }) {
  const bars = kl
    .map((nats, dimension) => ({ nats, dimension }))
    .sort((a, b) => b.nats - a.nats)
    .slice(0, MOST_BARS);
  const most = Math.max(LEAST_WHOLE, ...bars.map(({ nats }) => nats));
  return (
    <ul class="kl-bars">
      {bars.map(({ nats, dimension }) => (
        <li key={dimension} class={nats < DEAD_BELOW ? 'dim' : ''}>
          <span>
            z<sub>{dimension + 1}</sub>
          </span>
          <meter value={nats} max={most} aria-label={`dimension ${dimension + 1}`} />
          <data class="number" value={nats}>
            {sayNumber(nats)}
          </data>
        </li>
      ))}
    </ul>
  );
}
