import { useEffect, useRef } from 'preact/hooks';
import type { Page } from '../../page.ts';
import { openMap } from './open-map.ts';

/** The latent map, moving while it trains. */
export function MapPanel({ page }: { page: Page }) {
  const host = useRef<HTMLDivElement>(null);
  useEffect(() => (host.current ? openMap(host.current, page) : undefined), [page]);
  return (
    <section class="panel map-panel">
      <h2>Latent map</h2>
      <div class="map" ref={host} />
    </section>
  );
}
