import { CardLink } from '../../learn/card-link.tsx';
import type { Page } from '../../page.ts';
import { LatentMap } from '../map/latent-map.tsx';

/** The latent map, moving while it trains. */
export function MapPanel({ page }: { page: Page }) {
  return (
    <section class="panel map-panel" data-panel="map" aria-label="Latent map">
      <div class="panel-head">
        <h2>Latent map</h2>
        <CardLink page={page} card="prior" about="the rings on the map" />
      </div>
      <LatentMap page={page} />
    </section>
  );
}
