import { useEffect, useRef } from 'preact/hooks';
import { openLatentMap } from '../../map/open-latent-map.ts';
import type { Page } from '../../page.ts';
import { ImageRow } from '../../parts/image-row.tsx';
import { hintOf, TOUCH_HINT } from '../../text/map-news.ts';
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
        <Seen page={page} />
        <MapTools page={page} />
        <Start page={page} />
      </div>
      <Legend page={page} />
      <Hint page={page} />
      <p class="map-hint of-touch">{TOUCH_HINT}</p>
      <p class="unseen" aria-live="polite">
        {page.map.said}
      </p>
    </>
  );
}

/** The image under the hand, on the map itself: seen where the inspector is not. */
function Seen({ page }: { page: Page }) {
  const shape = page.lab.data.value?.shape;
  const seen = page.map.seen.value;
  if (!shape || !seen) return null;
  return (
    <div class="map-seen" aria-hidden="true">
      <ImageRow label="Under the hand" bytes={seen.image} shape={shape} columns={1} />
    </div>
  );
}

/** What the signs on the map mean, as near as one is. */
function Hint({ page }: { page: Page }) {
  const data = page.lab.data.value;
  if (!data?.hasNormalPrior) return null;
  return <p class="map-hint">{hintOf(page.map.stage.value, data.latentDim === 1)}</p>;
}
