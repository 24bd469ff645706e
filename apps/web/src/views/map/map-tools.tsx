import { useSignal, useSignalEffect } from '@preact/signals';
import type { Page } from '../../page.ts';
import { Icon } from '../../parts/icon.tsx';
import type { Scatter } from '../../scatter/scatter.ts';

const ZOOM = 1.6;

/** What a wheel, two fingers and keys do on the map, as buttons; and the map as a picture. */
export function MapTools({ page }: { page: Page }) {
  const { scatter, tool } = page.map;
  const drawnBy = useSignal<Scatter['renderer']>('webgl');
  useSignalEffect(() => {
    if (!scatter.value) return;
    drawnBy.value = scatter.value.renderer;
    return scatter.value.on('renderer', ({ kind }) => {
      drawnBy.value = kind;
    });
  });
  if (!page.lab.data.value) return null;
  const zoom = (factor: number) => {
    const map = scatter.value;
    map?.zoomAt([map.size.width / 2, map.size.height / 2], factor);
  };
  return (
    <div class="map-tools">
      <button type="button" class="quiet" aria-label="Zoom in" title="Zoom in (+)" onClick={() => zoom(ZOOM)}>
        <Icon name="plus" />
      </button>
      <button
        type="button"
        class="quiet"
        aria-label="Zoom out"
        title="Zoom out (-)"
        onClick={() => zoom(1 / ZOOM)}
      >
        <Icon name="minus" />
      </button>
      <button
        type="button"
        class="quiet"
        aria-label="Show the whole map"
        title="Show the whole map (0)"
        onClick={() => scatter.value?.fit()}
      >
        <Icon name="whole" />
      </button>
      <button
        type="button"
        class="quiet"
        aria-label="Drag the map"
        title="Drag the map; without this, Shift and drag, or two fingers"
        aria-pressed={tool.value === 'pan'}
        onClick={() => {
          tool.value = tool.value === 'pan' ? 'probe' : 'pan';
        }}
      >
        <Icon name="move" />
      </button>
      <button
        type="button"
        class="quiet"
        aria-label="Save the map as a picture"
        title="Save the map as a picture"
        onClick={() => scatter.value && void savePicture(scatter.value)}
      >
        <Icon name="save" />
      </button>
      {drawnBy.value === 'canvas' && (
        <span class="dim" title="The browser offers no WebGL here: dots are drawn by the processor.">
          no GPU
        </span>
      )}
    </div>
  );
}

async function savePicture(scatter: Scatter): Promise<void> {
  const address = URL.createObjectURL(await scatter.toPng());
  const link = document.createElement('a');
  link.href = address;
  link.download = 'latent-map.png';
  link.click();
  URL.revokeObjectURL(address);
}
