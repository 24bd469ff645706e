import { type Camera, type Pixel, panBy, pinch, toData, toPixel, zoomAt } from './camera.ts';
import { type Crosshair, createCrosshair } from './crosshair.ts';
import type { Emitter, ScatterEvents } from './events.ts';
import { listenGestures, type Tool } from './gestures.ts';
import { type KeyAction, readKey } from './keys.ts';
import { fillPath, type Path, selectWithin } from './lasso.ts';
import { nearestRows, pickNearest } from './pick.ts';
import type { Scene } from './scene.ts';
import type { MapView } from './view.ts';
import type { Stage } from './zoom-look.ts';

/** What a hand is at, by a pointer or by keys. Places are data. */
export interface Hand {
  readonly hovered: number | undefined;
  readonly crosshair: Crosshair['at'];
  readonly lasso: Path | undefined;
  tool: Tool;
  /** Whether keys that are letters do something. */
  hasLetters: boolean;
  /** Looks anew which point is under a pointer that is still: points have moved. */
  look(): void;
  /** Has left: other points have come. */
  leave(): void;
  stop(): void;
}

export interface HandOptions {
  readonly host: HTMLElement;
  readonly view: MapView;
  readonly scene: Scene;
  readonly emit: Emitter<ScatterEvents>['emit'];
  take(camera: Camera): void;
  fit(): void;
  /** The stage of zoom at a scale. */
  stageAt(scale: number): Stage;
  /** Something of the hand has to be drawn anew. */
  onChange(): void;
}

const PICK_PX = 12;
/** The crosshair takes the map along when it comes this near to the edge. */
const EDGE_PX = 24;

/** Listens to pointers and keys on a map's element. */
export function createHand({ host, view, scene, emit, take, fit, stageAt, onChange }: HandOptions): Hand {
  let tool: Tool = 'probe';
  let hasLetters = true;
  let hovered: number | undefined;
  let pointer: Pixel | undefined;
  let lasso: number[] | undefined;

  const dataAt = (pixel: Pixel) => toData(view.camera, view.size, pixel);
  const pixelAt = (x: number, y: number) => toPixel(view.camera, view.size, x, y);
  const pickable = () => scene.pickable(performance.now());
  const pick = (x: number, y: number) =>
    pickNearest(pickable(), x - scene.origin[0], y - scene.origin[1], PICK_PX / view.camera.scale);
  const hover = (row: number | undefined) => {
    if (row === hovered) return;
    hovered = row;
    onChange();
    emit('hover', { row });
  };
  const selectInside = (path: Path) => {
    const [x, y] = scene.origin;
    const within = fillPath(
      path.map((at, i) => at - (i % 2 ? y : x)),
      (width, height) => new OffscreenCanvas(width, height),
    );
    const mask = selectWithin(pickable(), within);
    return { mask, count: mask.reduce((sum, one) => sum + one, 0) };
  };
  const zoom = (pixel: Pixel, factor: number) => take(zoomAt(view.camera, view.size, pixel, factor));
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
    },
    emit,
    hover,
  });

  const act = (action: KeyAction): boolean => {
    if (crosshair.act(action)) return true;
    if (action.do === 'zoom' || action.do === 'fit') {
      if (action.do === 'zoom') zoom(pixelAt(...crosshair.at!), action.factor);
      else fit();
      const { scale } = action.do === 'zoom' ? view.camera : view.home;
      emit('say', { about: 'zoom', times: scale / view.home.scale, stage: stageAt(scale) });
    } else if (action.do === 'next-class') {
      const next = scene.classAfter(scene.isolated);
      emit('isolate', { category: next });
      emit('say', { about: 'class', category: next, count: scene.countOf(next) });
    } else return false;
    return true;
  };
  const listening = new AbortController();
  const { signal } = listening;
  const onKey = (event: KeyboardEvent) => {
    const action = readKey(event, hasLetters);
    if (!action || !act(action)) return;
    event.preventDefault();
    event.stopPropagation();
    onChange();
  };
  // A map that fills a phone would let nobody past: a finger that goes up or down scrolls the page, until the map is held by a tap, or
  // a tool is in the hand. Two fingers are the map's always.
  const takeTouch = () => {
    const isHeld = tool !== 'probe' || host.matches(':focus'); // of a page, or of an element's own tree
    host.style.touchAction = isHeld ? 'none' : 'pan-y';
  };
  const onFocus = () => {
    takeTouch();
    // A click gives focus too; whoever clicks has a pointer.
    if (host.matches(':focus-visible')) crosshair.show();
    onChange();
  };
  const onBlur = () => {
    takeTouch();
    crosshair.hide();
    onChange();
  };
  host.addEventListener('keydown', onKey, { signal });
  host.addEventListener('focus', onFocus, { signal });
  host.addEventListener('blur', onBlur, { signal });

  const leave = () => {
    pointer = undefined;
    hover(undefined);
  };
  const stopGestures = listenGestures(host, () => tool, {
    probe(pixel, isPressed) {
      pointer = pixel;
      const [x, y] = dataAt(pixel);
      hover(pick(x, y));
      emit('move', { x, y, by: 'pointer', isPressed });
    },
    leave,
    press(pixel) {
      const [x, y] = dataAt(pixel);
      emit('press', { x, y, row: pick(x, y), by: 'pointer' });
    },
    pan: (dx, dy) => take(panBy(view.camera, dx, dy)),
    zoom,
    pinch: (from, to) => take(pinch(view.camera, view.size, from, to)),
    draw(pixels) {
      lasso ??= [];
      for (const pixel of pixels) lasso.push(...dataAt(pixel));
      onChange();
    },
    closeLasso(isDone) {
      const path = lasso ?? [];
      lasso = undefined;
      onChange();
      if (isDone) emit('lasso', { ...selectInside(path), path, by: 'pointer', isDone });
    },
  });

  return {
    get hovered() {
      return hovered;
    },
    get crosshair() {
      return crosshair.at;
    },
    get lasso() {
      return lasso ?? crosshair.path;
    },
    get tool() {
      return tool;
    },
    set tool(newTool) {
      tool = newTool;
      host.style.cursor = tool === 'pan' ? 'grab' : 'crosshair';
      takeTouch();
    },
    get hasLetters() {
      return hasLetters;
    },
    set hasLetters(letters) {
      hasLetters = letters;
    },
    look() {
      if (pointer) hover(pick(...dataAt(pointer)));
    },
    leave,
    stop() {
      listening.abort();
      stopGestures();
    },
  };
}
