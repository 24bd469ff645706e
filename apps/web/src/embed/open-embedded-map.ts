import type { ImageShape } from '@latentkit/core';
import { latestOnly } from '../lab/latest.ts';
import { toBytes } from '../lab/pictures.ts';
import type { ReadImages } from '../lab/read-model.ts';
import { codeAt, codesAt } from '../map/codes.ts';
import { categoryOf, followColors } from '../map/map-colors.ts';
import { paintCells } from '../map/paint-cells.ts';
import { drawImages } from '../parts/draw-images.ts';
import { paintSwatch, swatchOf } from '../parts/paint-swatch.ts';
import { POINT } from '../scatter/points.ts';
import { createScatter } from '../scatter/scatter.ts';
import { TILE_CELLS, tileCodes } from '../scatter/tiles.ts';
import { namesOf } from '../text/class-names.ts';
import { sayMapNews } from '../text/map-news.ts';
import type { EmbedParts } from './embed-parts.ts';
import type { EmbeddedModel } from './embedded-model.ts';

/** A press of a zoom button. */
const ZOOM = 1.6;
/** Room below the axis of codes of one number, in data. */
const BELOW = 0.9;

interface EmbeddedMap {
  readonly model: EmbeddedModel;
  readonly images: ReadImages;
  readonly shape: ImageShape;
  /** Classes that the network is told of; absent for one that is told none. */
  readonly toldClasses: number | undefined;
  /** Hears what fails while it is open. */
  readonly fail: (error: unknown) => void;
}

/** Shows a run in the parts: dots move under no hand but its own, and what lies under it is decoded. Gives what ends it. */
export function openEmbeddedMap(
  parts: EmbedParts,
  { model, images, shape, toldClasses, fail }: EmbeddedMap,
): () => void {
  const { plane, places, labels } = model;
  const names = namesOf({
    ...(labels && { labels }),
    ...(images.classNames && { classNames: images.classNames }),
  });
  const colors = followColors(parts.map);
  const isPlane = plane.axes.length === 2;
  const isLine = plane.origin.length === 1;
  const scatter = createScatter(parts.map, {
    colors: colors.now(),
    names,
    ...(model.hasNormalPrior && { prior: { x: 0, y: isLine ? -BELOW : 0, deviation: 1, isLine } }),
  });
  let told = 0;
  let isolated: number | undefined;
  let at: readonly [number, number] = [
    plane.origin[plane.axes[0] ?? 0] ?? 0,
    plane.origin[plane.axes[1] ?? 0] ?? 0,
  ];

  const isolate = (category: number | undefined) => {
    isolated = category;
    scatter.isolate(category);
    for (const [label, button] of buttons.entries())
      button.setAttribute('aria-pressed', String(label === category));
  };
  const decode = latestOnly(
    ([x, y]: readonly [number, number]) => model.decode(codeAt(plane, x, y), told, 'hand'),
    (bytes, [x, y]) => {
      drawImages(parts.decoded, bytes, shape, 1);
      parts.place.textContent = `Decoded at ${[x, y].slice(0, plane.axes.length).map(sayNumber).join(', ')}`;
    },
    { usesOvertaken: true, fail },
  );
  const showImage = (row: number | undefined) => {
    parts.image.hidden = row === undefined;
    const name = row === undefined ? undefined : names[labels?.[row] ?? -1];
    parts.imageName.textContent =
      row === undefined
        ? 'Point at a dot to see its image.'
        : `Image ${row + 1}${name === undefined ? '' : `, class ${name}`}`;
    if (row === undefined) return;
    const size = shape.height * shape.width * shape.channels;
    const own = images.images.subarray(row * size, (row + 1) * size);
    drawImages(parts.image, own instanceof Uint8Array ? own : toBytes(own), shape, 1);
    parts.image.setAttribute('aria-label', parts.imageName.textContent);
  };
  const setTold = (label: number) => {
    told = label;
    // Of codes of one number there is nothing beside their axis.
    scatter.setModel(isPlane ? decodeTile : undefined);
    decode(at);
  };
  async function decodeTile(
    tile: Parameters<typeof tileCodes>[0],
    signal: AbortSignal,
  ): Promise<ImageBitmap> {
    signal.throwIfAborted();
    const bytes = await model.decode(codesAt(plane, tileCodes(tile)), told, 'eye');
    signal.throwIfAborted();
    return paintCells(bytes, shape, TILE_CELLS);
  }

  const buttons = names.map(classButton);
  parts.classes.replaceChildren(...buttons.map(listed));
  parts.told.replaceChildren(
    ...Array.from({ length: toldClasses ?? 0 }, (_, i) => new Option(names[i] ?? String(i), String(i))),
  );
  parts.told.parentElement!.hidden = toldClasses === undefined;
  parts.map.setAttribute(
    'aria-label',
    `Map of ${images.count} codes${names.length ? `, ${names.length} classes` : ''}`,
  );
  scatter.setPoints({
    ...places,
    category: Uint8Array.from({ length: images.count }, (_, row) => categoryOf(labels?.[row])),
    state: new Uint8Array(images.count).fill(POINT.plain),
  });
  setTold(0);
  showImage(undefined);

  const listening = new AbortController();
  const press = (button: HTMLElement, act: () => void) =>
    button.addEventListener('click', act, { signal: listening.signal });
  const zoom = (factor: number) => scatter.zoomAt([scatter.size.width / 2, scatter.size.height / 2], factor);
  // Taken off again with all others: what listens to a part that is kept somewhere would keep the model.
  for (const [label, button] of buttons.entries())
    press(button, () => isolate(isolated === label ? undefined : label));
  press(parts.zoomIn, () => zoom(ZOOM));
  press(parts.zoomOut, () => zoom(1 / ZOOM));
  press(parts.fit, scatter.fit);
  parts.told.addEventListener('change', () => setTold(Number(parts.told.value)), {
    signal: listening.signal,
  });
  const stops = [
    colors.follow(scatter),
    scatter.on('move', ({ x, y }) => {
      at = [x, y];
      decode(at);
    }),
    scatter.on('hover', ({ row }) => showImage(row)),
    scatter.on('isolate', ({ category }) => isolate(category)),
    // Taken with keys alone, for as long as it is looked at.
    scatter.on('lasso', ({ mask, isDone }) => isDone && scatter.select(mask)),
    scatter.on('say', (news) => {
      parts.said.textContent = sayMapNews(news, { classNames: names });
    }),
  ];
  return () => {
    listening.abort();
    for (const stop of stops) stop();
    scatter.destroy();
  };
}

const sayNumber = (value: number) => value.toFixed(2).replace('-', '\u2212');

function classButton(name: string, label: number): HTMLButtonElement {
  const button = document.createElement('button');
  const swatch = document.createElement('span');
  swatch.className = 'swatch';
  paintSwatch(swatch, swatchOf(label));
  Object.assign(button, { type: 'button', title: `Show ${name} alone` });
  button.setAttribute('aria-pressed', 'false');
  button.append(swatch, name);
  return button;
}

function listed(button: HTMLElement): HTMLElement {
  const item = document.createElement('li');
  item.append(button);
  return item;
}
