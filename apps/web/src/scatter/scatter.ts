import {
  type Bounds,
  type Camera,
  type Pixel,
  panBy,
  pinch,
  type Size,
  toData,
  toPixel,
  zoomAt,
} from './camera.ts';
import { parseColors, type ScatterColors } from './colors.ts';
import { createCrosshair } from './crosshair.ts';
import { createEmitter, type Listener, type ScatterEvents } from './events.ts';
import { listenGestures, type Tool } from './gestures.ts';
import type { Prior } from './ground.ts';
import { type KeyAction, readKey } from './keys.ts';
import { fillPath, type Path, selectWithin } from './lasso.ts';
import { createLayers } from './layers.ts';
import { type Picture, paintGround, paintOverlay, paintPoints } from './painter.ts';
import { nearestRows, pickNearest } from './pick.ts';
import { type ScatterPoints, unite } from './points.ts';
import type { PointRenderer } from './renderer.ts';
import { createScene } from './scene.ts';
import { createTileStore, type RequestTile, type TileStore } from './tile-store.ts';
import { tileLevel, tilesInView } from './tiles.ts';
import { createView } from './view.ts';
import { lookAt, type ZoomLook } from './zoom-look.ts';

export interface ScatterOptions {
  readonly colors: ScatterColors;
  /** What the classes are called. */
  readonly names?: readonly string[];
  /** Its rings are drawn, and pictures fade where it has next to nothing. */
  readonly prior?: Prior;
  /** Decodes tiles; without it there are dots, however near. */
  readonly tiles?: RequestTile;
  /** Whether to try WebGL. */
  readonly webgl?: boolean;
  /** Asked at each movement: whether maps should jump. */
  readonly isReduced?: () => boolean;
}

/** A map of points in an element of the page, which is its tab stop. All lengths are CSS pixels. */
export interface Scatter {
  /** @throws `E_SHAPE`, `E_RANGE`: arrays of different lengths, a category without a colour. */
  setPoints(points: ScatterPoints): void;
  /** Moves the points to other places, row by row; at once under reduced motion. */
  moveTo(x: ScatterPoints['x'], y: ScatterPoints['x'], options?: { seconds?: number }): void;
  setColors(colors: ScatterColors): void;
  setNames(names: readonly string[]): void;
  setPrior(prior: Prior | undefined): void;
  /** Another model: tiles of the last one are forgotten. `undefined` takes them away. */
  setModel(tiles: RequestTile | undefined): void;
  /** Shows one class, the others grey and faint. */
  isolate(category: number | undefined): void;
  /** Selects the points that a mask has no 0 for, [n]; `undefined` selects none. */
  select(mask: Uint8Array | undefined): void;
  /** Marks the point that the pointer is at in another map. */
  mark(row: number | undefined): void;
  setTool(tool: Tool): void;
  /** Whether keys that are letters do something. */
  setLetters(letters: boolean): void;
  setCamera(camera: Camera): void;
  /** Shows everything, and goes after the points from now on. */
  fit(): void;
  zoomAt(pixel: Pixel, factor: number): void;
  readonly camera: Camera;
  readonly size: Size;
  readonly look: ZoomLook;
  /** What draws the points. */
  readonly renderer: PointRenderer['kind'];
  /** Points without a place: those whose numbers are not finite. */
  readonly unplaced: number;
  toPixel(x: number, y: number): Pixel;
  toData(pixel: Pixel): [number, number];
  on<Type extends keyof ScatterEvents>(type: Type, listener: Listener<ScatterEvents[Type]>): () => void;
  /** The map as it is now. */
  toPng(): Promise<Blob>;
  destroy(): void;
}

const MOST_DENSITY = 2;
const PICK_PX = 12;
const GLIDE_SECONDS = 0.25;
/** The crosshair takes the map along when it comes this near to the edge. */
const EDGE_PX = 24;
/** The prior's deviations that are in view from the start: codes that all lie in its middle look like that. */
const PRIOR_IN_VIEW = 2.2;
const ALL = { ground: true, points: true, overlay: true };

/** A map of points by WebGL2, or on the processor; `host` has to be positioned and to have a size. */
export function createScatter(host: HTMLElement, options: ScatterOptions): Scatter {
  const { webgl = true, isReduced = asksForLessMotion } = options;
  let { colors, names = [], prior } = options;
  let parsed = parseColors(colors);
  let tool: Tool = 'probe';
  let hasLetters = true;
  let hovered: number | undefined;
  let marked: number | undefined;
  let pointer: Pixel | undefined;
  let lasso: number[] | undefined; // data
  let tiles: TileStore | undefined;
  let told: Camera | undefined;
  let dirty = { ...ALL };
  let request = 0;
  let isDestroyed = false;

  const { on, emit } = createEmitter<ScatterEvents>();
  const view = createView();
  const scene = createScene();
  const layers = createLayers(host, webgl, () => {
    tellRenderer();
    emit('renderer', { kind: layers.points.kind });
  });

  const invalidate = (what: Partial<typeof dirty> = ALL) => {
    dirty = { ...dirty, ...what };
    if (request === 0 && !isDestroyed) request = requestAnimationFrame(draw);
  };
  const tellRenderer = () => {
    layers.points.setColors(parsed);
    layers.points.setPoints(scene.category, scene.state, scene.order);
    invalidate();
  };
  const seconds = (wanted: number) => (isReduced() ? 0 : wanted);
  const lookNow = (now: number): ZoomLook => {
    const share = scene.motion.shareAt(now);
    const crowding = scene.before.crowding + (scene.after.crowding - scene.before.crowding) * share;
    return lookAt({
      crowding,
      scale: view.camera.scale,
      home: view.home.scale,
      hasTiles: tiles !== undefined,
    });
  };
  const pictureNow = (now: number): Picture => ({
    ...{ colors, parsed, names, prior, now },
    ...{ camera: view.camera, size: view.size },
    font: getComputedStyle(host).fontFamily,
    density: Math.min(devicePixelRatio, MOST_DENSITY),
    look: lookNow(now),
  });
  const wantTiles = ({ look }: Picture) => {
    if (look.tiles > 0) tiles?.want(tilesInView(view.camera, view.size, tileLevel(view.camera.scale)));
    else tiles?.want([]);
  };
  const paint = (picture: Picture, what: typeof dirty): boolean => {
    const isFading = what.ground && paintGround(layers, scene, picture, tiles?.stored ?? []);
    if (what.points) paintPoints(layers, scene, picture);
    const path = lasso ?? crosshair.path;
    if (what.overlay) {
      paintOverlay(layers, scene, picture, {
        hovered: hovered ?? marked,
        crosshair: crosshair.at,
        lasso: path,
      });
    }
    return isFading;
  };
  const draw = () => {
    const now = performance.now();
    request = 0;
    const isMoving = view.isGliding || scene.motion.shareAt(now) < 1;
    view.advance(now);
    const what = told === view.camera ? dirty : ALL;
    dirty = { ground: false, points: false, overlay: false };
    const picture = pictureNow(now);
    wantTiles(picture);
    const isFading = paint(picture, what);
    if (told !== view.camera) {
      told = view.camera;
      emit('camera', { camera: told, stage: picture.look.stage, isFollowing: view.isFollowing });
    }
    if (isMoving) {
      // Points move away from under a pointer that is still.
      if (pointer) hoverAt(pointer);
      invalidate({ points: true, overlay: true, ground: picture.look.density > 0 });
    } else if (isFading) invalidate({ ground: true });
  };

  const dataAt = (pixel: Pixel) => toData(view.camera, view.size, pixel);
  const pixelAt = (x: number, y: number) => toPixel(view.camera, view.size, x, y);
  const pickable = () => scene.pickable(performance.now());
  const pick = (x: number, y: number) =>
    pickNearest(pickable(), x - scene.origin[0], y - scene.origin[1], PICK_PX / view.camera.scale);
  const hover = (row: number | undefined) => {
    if (row === hovered) return;
    hovered = row;
    invalidate({ overlay: true });
    emit('hover', { row });
  };
  const hoverAt = (pixel: Pixel) => hover(pick(...dataAt(pixel)));
  const selectInside = (path: Path) => {
    const [x, y] = scene.origin;
    const within = fillPath(
      path.map((at, i) => at - (i % 2 ? y : x)),
      (width, height) => new OffscreenCanvas(width, height),
    );
    const mask = selectWithin(pickable(), within);
    return { mask, count: mask.reduce((sum, one) => sum + one, 0) };
  };
  const take = (camera: Camera) => {
    view.take(camera);
    invalidate();
  };
  const setBounds = (duration: number) => {
    const around = prior && priorBounds(prior);
    const bounds = scene.bounds();
    const all = bounds && around ? unite(bounds, around) : (bounds ?? around);
    if (all) view.setBounds(all, performance.now(), duration);
  };
  const crosshair = createCrosshair({
    middle: () => [view.camera.x, view.camera.y],
    toPixel: pixelAt,
    toData: dataAt,
    pick,
    nearest: (x, y, count) => nearestRows(pickable(), x - scene.origin[0], y - scene.origin[1], count),
    placeOf: (row) => scene.placeOf(row, performance.now()),
    categoryOf: scene.categoryOf,
    selectWithin: selectInside,
    reveal(x, y) {
      const [px, py] = pixelAt(x, y);
      const { width, height } = view.size;
      const into = (at: number, length: number) => Math.min(Math.max(at, EDGE_PX), length - EDGE_PX) - at;
      const [dx, dy] = [into(px, width), into(py, height)];
      if (dx !== 0 || dy !== 0) take(panBy(view.camera, dx, dy));
      invalidate({ overlay: true });
    },
    emit,
    hover,
  });

  const sayZoom = () => {
    const times = view.camera.scale / view.home.scale;
    emit('say', { about: 'zoom', times, stage: lookNow(performance.now()).stage });
  };
  const scatter: Scatter = {
    setPoints(points) {
      scene.setPoints(points, colors.dots.length);
      hover(undefined);
      marked = undefined;
      tellRenderer();
      setBounds(0);
    },
    moveTo(x, y, { seconds: wanted = 0 } = {}) {
      const duration = seconds(wanted);
      for (const places of scene.moveTo(x, y, performance.now(), duration)) layers.points.update(places);
      setBounds(duration);
      invalidate();
    },
    setColors(newColors) {
      parsed = parseColors(newColors);
      colors = newColors;
      tellRenderer();
    },
    setNames(newNames) {
      names = newNames;
      invalidate({ overlay: true });
    },
    setPrior(newPrior) {
      prior = newPrior;
      setBounds(0);
      invalidate();
    },
    setModel(decode) {
      tiles?.forget();
      tiles = decode && createTiles(decode);
      invalidate();
    },
    isolate(category) {
      scene.isolate(category);
      invalidate();
    },
    select(mask) {
      scene.select(mask);
      layers.points.setStates(scene.state);
      invalidate({ points: true });
    },
    mark(row) {
      marked = row;
      invalidate({ overlay: true });
    },
    setTool(newTool) {
      tool = newTool;
      host.style.cursor = tool === 'pan' ? 'grab' : 'crosshair';
    },
    setLetters(letters) {
      hasLetters = letters;
    },
    setCamera: take,
    fit() {
      view.fit(performance.now(), seconds(GLIDE_SECONDS));
      invalidate();
    },
    zoomAt: (pixel, factor) => take(zoomAt(view.camera, view.size, pixel, factor)),
    get camera() {
      return view.camera;
    },
    get size() {
      return view.size;
    },
    get look() {
      return lookNow(performance.now());
    },
    get renderer() {
      return layers.points.kind;
    },
    get unplaced() {
      return scene.unplaced;
    },
    toPixel: pixelAt,
    toData: dataAt,
    on,
    toPng() {
      const picture = pictureNow(performance.now());
      // Drawn once more: a context that keeps no picture has it until this task ends.
      paint(picture, ALL);
      const canvas = document.createElement('canvas');
      canvas.width = layers.ground.canvas.width;
      canvas.height = layers.ground.canvas.height;
      const context = canvas.getContext('2d')!;
      context.fillStyle = colors.ground;
      context.fillRect(0, 0, canvas.width, canvas.height);
      for (const layer of [layers.ground.canvas, layers.points.canvas, layers.overlay.canvas]) {
        if (layer.style.display !== 'none') context.drawImage(layer, 0, 0);
      }
      return new Promise((resolve, reject) => {
        canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('no PNG'))), 'image/png');
      });
    },
    destroy() {
      isDestroyed = true;
      cancelAnimationFrame(request);
      resizing.disconnect();
      listening.abort();
      stopGestures();
      tiles?.forget();
      layers.destroy();
    },
  };

  const createTiles = (decode: RequestTile) =>
    createTileStore({
      request: decode,
      now: () => performance.now(),
      onCome: () => invalidate({ ground: true }),
      onFail: (error) => emit('error', { error }),
    });
  const act = (action: KeyAction): boolean => {
    if (crosshair.act(action)) return true;
    if (action.do === 'zoom') {
      scatter.zoomAt(pixelAt(...crosshair.at!), action.factor);
      sayZoom();
    } else if (action.do === 'fit') {
      scatter.fit();
      sayZoom();
    } else if (action.do === 'next-class') {
      const last = colors.dots.length - 1;
      const next = scene.isolated === last ? undefined : (scene.isolated ?? -1) + 1;
      emit('isolate', { category: next });
      emit('say', { about: 'class', category: next, count: scene.countOf(next) });
    } else return false;
    return true;
  };

  host.style.touchAction = 'none';
  scatter.setTool('probe');
  const listening = new AbortController();
  const { signal } = listening;
  host.addEventListener(
    'keydown',
    (event) => {
      const action = readKey(event, hasLetters);
      if (!action || !act(action)) return;
      event.preventDefault();
      event.stopPropagation();
      invalidate({ overlay: true });
    },
    { signal },
  );
  host.addEventListener(
    'focus',
    () => {
      // A click gives focus too; whoever clicks has a pointer.
      if (!host.matches(':focus-visible')) return;
      crosshair.show();
      invalidate({ overlay: true });
    },
    { signal },
  );
  host.addEventListener(
    'blur',
    () => {
      crosshair.hide();
      invalidate({ overlay: true });
    },
    { signal },
  );
  const stopGestures = listenGestures(host, () => tool, {
    probe(pixel, isPressed) {
      pointer = pixel;
      const [x, y] = dataAt(pixel);
      hoverAt(pixel);
      emit('move', { x, y, by: 'pointer', isPressed });
    },
    leave() {
      pointer = undefined;
      hover(undefined);
    },
    press(pixel) {
      const [x, y] = dataAt(pixel);
      emit('press', { x, y, row: pick(x, y), by: 'pointer' });
    },
    pan: (dx, dy) => take(panBy(view.camera, dx, dy)),
    zoom: scatter.zoomAt,
    pinch: (from, to) => take(pinch(view.camera, view.size, from, to)),
    draw(pixels) {
      lasso = [...(lasso ?? []), ...pixels.flatMap(dataAt)];
      invalidate({ overlay: true });
    },
    closeLasso(isDone) {
      const path = lasso ?? [];
      lasso = undefined;
      invalidate({ overlay: true });
      if (isDone) emit('lasso', { ...selectInside(path), path, by: 'pointer', isDone });
    },
  });
  const measure = () => {
    const size = { width: host.clientWidth, height: host.clientHeight };
    if (size.width === 0 || size.height === 0) return;
    view.resize(size);
    layers.fit(size, Math.min(devicePixelRatio, MOST_DENSITY));
    invalidate();
  };
  const resizing = new ResizeObserver(measure);
  resizing.observe(host);
  measure();
  setBounds(0);
  scatter.setModel(options.tiles);
  tellRenderer();
  return scatter;
}

function priorBounds({ x, y, deviation }: Prior): Bounds {
  const reach = PRIOR_IN_VIEW * deviation;
  return { left: x - reach, right: x + reach, bottom: y - reach, top: y + reach };
}

function asksForLessMotion(): boolean {
  return matchMedia('(prefers-reduced-motion: reduce)').matches;
}
