import { effect } from '@preact/signals';
import type { Lab } from '../lab/lab.ts';
import { latestOnly } from '../lab/latest.ts';
import { MAP_ROLE } from '../scatter/events.ts';
import { POINT } from '../scatter/points.ts';
import { createScatter } from '../scatter/scatter.ts';
import { TILE_CELLS, type Tile, tileCodes } from '../scatter/tiles.ts';
import { sayMapNews } from '../text/map-news.ts';
import { codesAt, placesOf } from './codes.ts';
import { drawOver } from './draw-over.ts';
import { categoryOf, followColors } from './map-colors.ts';
import type { MapState } from './map-state.ts';
import { paintCells } from './paint-cells.ts';
import { type StripCells, stripCells, stripCodes } from './strip.ts';

/** Points take so long from one map to the next. */
const TWEEN_SECONDS = 0.4;
/** Room for the axis of codes of one number and the pictures below it, in data. */
const STRIP = 0.9;

/** Shows a run's codes in an element: they move as it learns, and what lies under the hand is decoded. */
export function openLatentMap(host: HTMLElement, lab: Lab, map: MapState): () => void {
  for (const [name, value] of Object.entries(MAP_ROLE)) host.setAttribute(name, String(value));
  const colors = followColors(host);
  const scatter = createScatter(host, { colors: colors.now() });

  map.scatter.value = scatter;
  map.host.value = host;
  map.drawnBy.value = scatter.renderer;

  const decodeStrip = latestOnly(
    (cells: StripCells) => decodePlaces(lab, map, stripCodes(cells), cells.count),
    (picture, cells) => {
      map.strip.value = picture && { ...cells, picture };
    },
  );
  let shown: StripCells | undefined;
  const showStrip = () => {
    if (map.plane.peek()?.axes.length !== 1 || lab.data.peek()?.table) return;
    const cells = stripCells(scatter.camera, scatter.size);
    const isThere = map.strip.peek() !== undefined && JSON.stringify(cells) === JSON.stringify(shown);
    shown = cells;
    if (!isThere) decodeStrip(cells);
  };

  const effects = [
    effect(() => {
      const data = lab.data.value;
      if (!data) return;
      const { count, labels, hasNormalPrior, classNames } = data;
      const names =
        classNames ?? Array.from({ length: 1 + Math.max(0, ...(labels ?? [])) }, (_, i) => String(i));
      scatter.setPoints({
        x: new Float32Array(count),
        y: new Float32Array(count),
        category: Uint8Array.from({ length: count }, (_, i) => categoryOf(labels?.[i])),
        state: new Uint8Array(count).fill(POINT.plain),
      });
      scatter.setNames(labels ? names : []);
      const isLine = data.latentDim === 1;
      scatter.setPrior(hasNormalPrior ? { x: 0, y: isLine ? -STRIP : 0, deviation: 1, isLine } : undefined);
      host.setAttribute('aria-label', `Map of ${count} codes${labels ? `, ${names.length} classes` : ''}`);
    }),
    effect(() => {
      const pictures = lab.pictures.value;
      const data = lab.data.peek();
      if (!pictures || !data) return;
      const { x, y } = placesOf(pictures.means, data, pictures);
      const isFirst = pictures.epoch === 0 && pictures.batch === 0;
      scatter.moveTo(x, y, { seconds: isFirst ? 0 : TWEEN_SECONDS });
    }),
    effect(() => {
      // Tiles of a model that still learns would be old before they are seen.
      const { plane, told } = map;
      told.value; // another class, other pictures
      const isStill = lab.pictures.value?.isLast || lab.session.value.phase === 'paused';
      // Of codes of one number there is a strip below the axis instead.
      const hasTiles = isStill && plane.value?.axes.length === 2 && !lab.data.value?.table;
      scatter.setModel(hasTiles ? (tile, signal) => decodeTile(lab, map, tile, signal) : undefined);
    }),
    effect(() => {
      map.plane.value; // other weights, other pictures
      map.told.value;
      map.strip.value = undefined;
      showStrip();
    }),
    effect(() => scatter.isolate(map.isolated.value)),
    effect(() => scatter.select(map.selection.value?.mask)),
    effect(() => scatter.setTool(map.tool.value)),
    effect(() => {
      map.drawn.value;
      map.followed.value;
      map.walk.ends.value;
      map.walk.way.value;
      map.strip.value;
      if (map.plane.value?.axes.length === 1) map.seen.value;
      scatter.setOver((canvas) => drawOver(canvas, map, lab.data.peek()?.hasNormalPrior === true));
    }),
  ];
  const listeners = [
    scatter.on('move', ({ x, y }) => map.reach(x, y)),
    scatter.on('hover', ({ row }) => {
      map.hovered.value = row;
    }),
    scatter.on('lasso', ({ mask, isDone }) => {
      if (!isDone) return;
      map.select(mask);
      map.tool.value = 'probe';
    }),
    scatter.on('isolate', ({ category }) => {
      map.isolated.value = category;
    }),
    scatter.on('say', (news) => {
      const { classNames, table } = lab.data.peek() ?? {};
      map.said.value = sayMapNews(news, { classNames, thing: table ? 'Row' : 'Image' });
    }),
    scatter.on('renderer', ({ kind }) => {
      map.drawnBy.value = kind;
    }),
    scatter.on('camera', ({ stage }) => {
      map.stage.value = stage;
      showStrip();
    }),
  ];
  const stopColors = colors.follow(scatter);
  const onKey = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key.toLowerCase() === 'w' && map.walk.way.peek()) {
      map.walk.plays.value = !map.walk.plays.peek();
      map.said.value = map.walk.plays.peek() ? 'Walking from A to B.' : 'Walk held.';
      event.preventDefault();
      return;
    }
    if (event.key.toLowerCase() === 'i' && map.inspector.peek()) {
      map.inspector.peek()!.focus();
      event.preventDefault();
      return;
    }
    const end = ({ a: 'a', b: 'b' } as const)[event.key.toLowerCase() as 'a' | 'b'];
    if (!end || !map.seen.peek()) return;
    map.walk.ends.value = { ...map.walk.ends.peek(), [end]: map.seen.peek()!.code };
    map.said.value = `End ${end.toUpperCase()} of the walk is here.`;
    event.preventDefault();
  };
  host.addEventListener('keydown', onKey);
  return () => {
    for (const stop of [...effects, ...listeners, stopColors]) stop();
    host.removeEventListener('keydown', onKey);
    map.scatter.value = undefined;
    map.host.value = undefined;
    scatter.destroy();
  };
}

/** The pictures of a square of the plane, side by side. */
async function decodeTile(lab: Lab, map: MapState, tile: Tile, signal: AbortSignal): Promise<ImageBitmap> {
  signal.throwIfAborted();
  const picture = await decodePlaces(lab, map, tileCodes(tile), TILE_CELLS);
  signal.throwIfAborted();
  if (!picture) throw new Error('no weights to decode by');
  return picture;
}

/** The pictures of places of the plane `[cells, 2]`, so many in a row; undefined where there are no weights to decode by. */
async function decodePlaces(
  lab: Lab,
  map: MapState,
  places: Float32Array,
  columns: number,
): Promise<ImageBitmap | undefined> {
  const [data, plane] = [lab.data.peek(), map.plane.peek()];
  if (!data || !plane) return undefined;
  const codes = codesAt(plane, places);
  const images = await lab.look('decode', { codes, label: map.told.peek(), isUrgent: false });
  if (!images || images.length === 0) return undefined;
  return paintCells(images, data.shape, columns);
}
