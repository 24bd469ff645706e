import { useEffect, useRef } from 'preact/hooks';
import { openLatentMap } from '../../map/open-latent-map.ts';
import type { Page } from '../../page.ts';
import { Start } from '../../tour/start.tsx';
import { tourTarget } from '../../tour/target.ts';
import { Legend } from './legend.tsx';
import { MapTools } from './map-tools.tsx';

/** The latent map of the run that is shown: in every place the same, with what is selected and shown alone. */
export function LatentMap({ page }: { page: Page }) {
  const host = useRef<HTMLDivElement>(null);
  useEffect(() => (host.current ? openLatentMap(host.current, page.lab, page.map) : undefined), [page]);
  return (
    <>
      <div class={page.lab.poster.value ? 'map-stage poster' : 'map-stage'} {...tourTarget('map')}>
        <div class="map" ref={host} />
        <MapTools page={page} />
        <Start page={page} />
      </div>
      <Legend page={page} />
      <p class="unseen" aria-live="polite">
        {page.map.said}
      </p>
    </>
  );
}
