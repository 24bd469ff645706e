import { CardLink } from '../../learn/card-link.tsx';
import type { Page } from '../../page.ts';
import { Part } from '../../parts/part.tsx';
import { Notices } from '../train/notices.tsx';
import { DrawPanel } from './draw-panel.tsx';
import { Inspector } from './inspector.tsx';
import { LatentMap } from './latent-map.tsx';
import { PriorGrid } from './prior-grid.tsx';
import { SelectionPanel } from './selection.tsx';
import { Sliders } from './sliders.tsx';
import { Walk } from './walk.tsx';

/** Walking through the latent space. */
export function MapView({ page }: { page: Page }) {
  return (
    <div class="map-view">
      <div class="stage">
        <Notices page={page} />
        <section class="panel map-panel large" data-panel="map" aria-label="Latent map">
          <div class="panel-head">
            <h2>Latent map</h2>
            <CardLink page={page} card="prior" about="the rings on the map" />
          </div>
          {page.lab.pictures.value ? null : (
            <p class="dim">
              There are no codes yet.{' '}
              <button type="button" onClick={page.play}>
                Train a network
              </button>
            </p>
          )}
          <LatentMap page={page} />
        </section>
      </div>
      <aside class="pictures" aria-label="What one can do here">
        <div class="stack">
          <Part page={page} name="inspector">
            <Inspector page={page} />
          </Part>
          <Part page={page} name="sliders">
            <Sliders page={page} />
          </Part>
          <Part page={page} name="walk">
            <Walk page={page} />
          </Part>
        </div>
        <div class="stack">
          <Part page={page} name="selection">
            <SelectionPanel page={page} />
          </Part>
          <Part page={page} name="draw">
            <DrawPanel page={page} />
          </Part>
          <Part page={page} name="grid">
            <PriorGrid page={page} />
          </Part>
        </div>
      </aside>
    </div>
  );
}
