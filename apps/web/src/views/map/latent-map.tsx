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
        <Start page={page} />
        <div class="map-frame">
          <div class="map" ref={host} />
          <Seen page={page} />
          <MapTools page={page} />
        </div>
      </div>
      <Told page={page} />
      <Legend page={page} />
      <Hint page={page} />
      <p class="map-hint of-touch">{TOUCH_HINT}</p>
      <p class="unseen" aria-live="polite">
        {page.map.said}
      </p>
    </>
  );
}

/** The class that a conditional network is told of a code: pictures of codes without an image are of that one. */
function Told({ page }: { page: Page }) {
  const { toldClasses, classNames } = page.lab.data.value ?? {};
  const { told } = page.map;
  if (!toldClasses) return null;
  return (
    <label class="told">
      <span>This network is told the class. Pictures of codes are decoded as</span>
      <select
        value={String(told.value)}
        onChange={({ currentTarget }) => {
          told.value = Number(currentTarget.value);
        }}
      >
        {Array.from({ length: toldClasses }, (_, label) => (
          <option key={label} value={String(label)}>
            {classNames?.[label] ?? label}
          </option>
        ))}
      </select>
    </label>
  );
}

/** The image under the hand, on the map itself: seen where the inspector is not. */
function Seen({ page }: { page: Page }) {
  const data = page.lab.data.value;
  const seen = page.map.seen.value;
  if (!data || data.table || !seen) return null;
  return (
    <div class="map-seen" aria-hidden="true">
      <ImageRow label="Under the hand" bytes={seen.image} shape={data.shape} columns={1} />
    </div>
  );
}

/** What the signs on the map mean, as near as one is. */
function Hint({ page }: { page: Page }) {
  const data = page.lab.data.value;
  if (!data?.hasNormalPrior) return null;
  return <p class="map-hint">{hintOf(page.map.stage.value, data.latentDim === 1)}</p>;
}
