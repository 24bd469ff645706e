import type { Page } from '../../page.ts';
import { IconButton } from '../../parts/icon-button.tsx';
import type { Scatter } from '../../scatter/api.ts';

const ZOOM = 1.6;

/** What a wheel, two fingers and keys do on the map, as buttons; and the map as a picture. */
export function MapTools({ page }: { page: Page }) {
  const { scatter, tool } = page.map;
  if (!page.lab.data.value) return null;
  const zoom = (factor: number) => {
    const map = scatter.value;
    map?.zoomAt([map.size.width / 2, map.size.height / 2], factor);
  };
  return (
    <div class="map-tools">
      <IconButton icon="plus" name="Zoom in" hint="Zoom in (+)" onClick={() => zoom(ZOOM)} />
      <IconButton icon="minus" name="Zoom out" hint="Zoom out (-)" onClick={() => zoom(1 / ZOOM)} />
      <IconButton
        icon="whole"
        name="Show the whole map"
        hint="Show the whole map (0)"
        onClick={() => scatter.value?.fit()}
      />
      <IconButton
        icon="move"
        name="Drag the map"
        hint="Drag the map; without this, Shift and drag, or two fingers"
        pressed={tool.value === 'pan'}
        onClick={() => {
          tool.value = tool.value === 'pan' ? 'probe' : 'pan';
        }}
      />
      <IconButton
        icon="save"
        name="Save the map as a picture"
        onClick={() => scatter.value && void savePicture(scatter.value)}
      />
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
