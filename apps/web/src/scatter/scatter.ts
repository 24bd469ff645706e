import type { Scatter, ScatterOptions } from './api.ts';
import { type Bounds, type Camera, toData, toPixel, zoomAt } from './camera.ts';
import { parseColors } from './colors.ts';
import { createDensityMaker } from './density-maker.ts';
import { createEmitter, type ScatterEvents } from './events.ts';
import type { Prior } from './ground.ts';
import { createHand } from './hand.ts';
import { createLayers } from './layers.ts';
import { ALL, createLoop, type Dirty } from './loop.ts';
import type { PaintOver } from './overlay.ts';
import { hasDensity, type Picture, paintGround, paintOverlay, paintPoints } from './painter.ts';
import { unite } from './points.ts';
import { densityNow } from './resize-canvas.ts';
import { createScene } from './scene.ts';
import { createTileStore, type RequestTile, type TileStore } from './tile-store.ts';
import { tileLevel, tilesInView } from './tiles.ts';
import { createView } from './view.ts';
import { lookAt, type ZoomLook } from './zoom-look.ts';

const GLIDE_SECONDS = 0.25;
/** The prior's deviations that are in view from the start: codes that all lie in its middle look like that. */
const PRIOR_IN_VIEW = 2.2;

/** A map of points by WebGL2, or on the processor; `host` has to be positioned and to have a size. */
export function createScatter(host: HTMLElement, options: ScatterOptions): Scatter {
  const { webgl = true, isReduced = asksForLessMotion } = options;
  let { colors, names = [], prior } = options;
  let parsed = parseColors(colors);
  let font = '';
  let marked: number | undefined;
  let over: PaintOver | undefined;
  let tiles: TileStore | undefined;
  /** The camera of the last frame. */
  let told: Camera | undefined;

  const { on, emit } = createEmitter<ScatterEvents>();
  const view = createView();
  const scene = createScene();
  const mixed = document.createElement('canvas');
  const layers = createLayers(host, webgl, () => {
    tellRenderer();
    emit('renderer', { kind: layers.points.kind });
  });

  const seconds = (wanted: number) => (isReduced() ? 0 : wanted);
  const lookNow = (now: number, scale = view.camera.scale): ZoomLook => {
    const share = scene.motion.shareAt(now);
    const nowOf = (of: 'crowding' | 'evenly') =>
      scene.before[of] + (scene.after[of] - scene.before[of]) * share;
    return lookAt({
      crowding: nowOf('crowding'),
      evenly: nowOf('evenly'),
      scale,
      home: view.home.scale,
      hasTiles: tiles !== undefined,
    });
  };
  const pictureNow = (now: number, isWhole = false): Picture => ({
    ...{ colors, parsed, names, prior, over, now, isWhole },
    ...{ camera: view.camera, size: view.size },
    font,
    density: densityNow(),
    look: lookNow(now),
  });
  const paint = (picture: Picture, dirty: Dirty, share: number): boolean => {
    const isFading = dirty.ground && paintGround(layers, scene, picture, tiles?.stored ?? [], mixed);
    if (dirty.points) paintPoints(layers, scene, picture, share);
    if (dirty.overlay) {
      const { hovered = marked, crosshair, lasso } = hand;
      paintOverlay(layers, scene, picture, { hovered, crosshair, lasso });
    }
    return isFading;
  };
  const isMoving = (now: number) => view.isGliding || scene.motion.shareAt(now) < 1;
  const loop = createLoop({
    advance(now) {
      const moves = isMoving(now);
      view.advance(now);
      if (moves) return 'itself';
      return told === view.camera ? undefined : 'hand';
    },
    draw({ now, dirty, share }) {
      const picture = pictureNow(now);
      const { look, camera } = picture;
      if (hasDensity(look)) void makeDensities();
      tiles?.want(look.tiles > 0 ? tilesInView(camera, view.size, tileLevel(camera.scale)) : []);
      const isFading = paint(picture, told === camera ? dirty : ALL, share);
      if (told !== camera) {
        told = camera;
        emit('camera', { camera, stage: look.stage, isFollowing: view.isFollowing });
      }
      if (!isMoving(now)) return isFading ? { ground: true } : undefined;
      hand.look();
      return { points: true, overlay: true, ground: look.density > 0 || isFading };
    },
  });

  const makeDensities = createDensityMaker(scene, {
    colors: () => parsed,
    onMade: () => loop.invalidate({ ground: true }),
  });

  const tellRenderer = () => {
    layers.points.setColors(parsed);
    layers.points.setPoints(scene.category, scene.state, scene.order);
    loop.invalidate();
  };
  const take = (camera: Camera) => {
    view.take(camera);
    loop.invalidate();
  };
  const fit = () => {
    view.fit(performance.now(), seconds(GLIDE_SECONDS));
    loop.invalidate();
  };
  const setBounds = (duration: number) => {
    const around = prior && priorBounds(prior);
    const bounds = scene.bounds();
    const all = bounds && around ? unite(bounds, around) : (bounds ?? around);
    if (all) view.setBounds(all, performance.now(), duration);
  };
  const createTiles = (decode: RequestTile) =>
    createTileStore({
      request: decode,
      now: () => performance.now(),
      onCome: () => loop.invalidate({ ground: true }),
      onFail: (error) => emit('error', { error }),
    });
  const measure = () => {
    const size = { width: host.clientWidth, height: host.clientHeight };
    // A map that is not shown has no size; it keeps the one it had.
    if (size.width === 0 || size.height === 0) return;
    view.resize(size);
    // Asked seldom: an answer makes the page work out all its styles.
    font = getComputedStyle(host).fontFamily;
    layers.fit(size, densityNow());
    loop.invalidate();
  };
  const hand = createHand({
    ...{ host, view, scene, emit, take, fit },
    stageAt: (scale) => lookNow(performance.now(), scale).stage,
    onChange: () => loop.invalidate({ overlay: true }),
  });
  const resizing = new ResizeObserver(measure);

  const scatter: Scatter = {
    setPoints(points) {
      scene.setPoints(points, colors.dots.length);
      marked = undefined;
      hand.leave();
      tellRenderer();
      setBounds(0);
    },
    moveTo(x, y, { seconds: wanted = 0 } = {}) {
      const duration = seconds(wanted);
      for (const places of scene.moveTo(x, y, performance.now(), duration)) layers.points.update(places);
      setBounds(duration);
      loop.invalidate();
    },
    setColors(newColors) {
      parsed = parseColors(newColors);
      colors = newColors;
      tellRenderer();
    },
    setNames(newNames) {
      names = newNames;
      loop.invalidate({ overlay: true });
    },
    setPrior(newPrior) {
      prior = newPrior;
      setBounds(0);
      loop.invalidate();
    },
    setOver(paint) {
      over = paint;
      loop.invalidate({ overlay: true });
    },
    setModel(decode) {
      tiles?.forget();
      tiles = decode && createTiles(decode);
      loop.invalidate();
    },
    isolate(category) {
      scene.isolate(category);
      loop.invalidate();
    },
    select(mask) {
      scene.select(mask);
      layers.points.setStates(scene.state);
      loop.invalidate({ points: true, overlay: true });
    },
    mark(row) {
      marked = row;
      loop.invalidate({ overlay: true });
    },
    setTool(tool) {
      hand.tool = tool;
    },
    setLetters(letters) {
      hand.hasLetters = letters;
    },
    setCamera: take,
    fit,
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
    get share() {
      return loop.share;
    },
    get unplaced() {
      return scene.unplaced;
    },
    toPixel: (x, y) => toPixel(view.camera, view.size, x, y),
    toData: (pixel) => toData(view.camera, view.size, pixel),
    on,
    toPng() {
      // Drawn once more: a context that keeps no picture has it until this task ends.
      paint(pictureNow(performance.now(), true), ALL, 1);
      return layers.toPng(colors.ground);
    },
    destroy() {
      loop.stop();
      resizing.disconnect();
      hand.stop();
      tiles?.forget();
      layers.destroy();
    },
  };

  scatter.setTool('probe');
  resizing.observe(host);
  measure();
  setBounds(0);
  scatter.setModel(options.tiles);
  tellRenderer();
  return scatter;
}

function priorBounds({ x, y, deviation, isLine }: Prior): Bounds {
  const reach = PRIOR_IN_VIEW * deviation;
  const up = isLine ? 0 : reach;
  return { left: x - reach, right: x + reach, bottom: y - up, top: y + up };
}

function asksForLessMotion(): boolean {
  return matchMedia('(prefers-reduced-motion: reduce)').matches;
}
