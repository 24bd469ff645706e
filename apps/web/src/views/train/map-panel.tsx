import type { Page } from '../../page.ts';
import { LatentMap } from '../map/latent-map.tsx';

/** The latent map, moving while it trains. */
export function MapPanel({ page }: { page: Page }) {
  return (
    <section class="panel map-panel" aria-label="Latent map">
      <h2>Latent map</h2>
      <LatentMap page={page} />
    </section>
  );
}
