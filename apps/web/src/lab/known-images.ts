import type { ExperimentConfig } from '@latentkit/experiment';
import { encodeShownImages, parseShownImages, type ShownImages } from '@latentkit/experiment/store';

const CACHE = 'latentkit-images';

/** Of a set by its name: a run of it that is opened later has its map at once; nobody is asked for the images again, and none is drawn again. */
export async function rememberImages(
  dataset: ExperimentConfig['dataset'],
  shown: ShownImages,
): Promise<void> {
  try {
    const cache = await caches.open(CACHE);
    await cache.put(addressOf(dataset), new Response(encodeShownImages(shown)));
  } catch {
    // The browser keeps nothing, or has no room: without them a run's map has no dots, and says so.
  }
}

/** Those of {@link rememberImages}; undefined where there are none. */
export async function recallImages(dataset: ExperimentConfig['dataset']): Promise<ShownImages | undefined> {
  try {
    const found = await (await caches.open(CACHE)).match(addressOf(dataset));
    return found && parseShownImages(new Uint8Array(await found.arrayBuffer()), dataset.name);
  } catch {
    return undefined;
  }
}

/** A cache's entries go by addresses; nothing is ever asked of this one. */
const addressOf = (dataset: ExperimentConfig['dataset']) =>
  `/images/${encodeURIComponent(JSON.stringify(dataset))}`;
