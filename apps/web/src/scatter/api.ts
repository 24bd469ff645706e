import type { Camera, Pixel, Size } from './camera.ts';
import type { ScatterColors } from './colors.ts';
import type { Listener, ScatterEvents } from './events.ts';
import type { Tool } from './gestures.ts';
import type { Prior } from './ground.ts';
import type { PaintOver } from './overlay.ts';
import type { ScatterPoints } from './points.ts';
import type { PointRenderer } from './renderer.ts';
import type { RequestTile } from './tile-store.ts';
import type { ZoomLook } from './zoom-look.ts';

export interface ScatterOptions {
  readonly colors: ScatterColors;
  /** What the classes are called. */
  readonly names?: readonly string[];
  /** Its rings are drawn, and pictures fade where it has next to nothing. */
  readonly prior?: Prior;
  /** Decodes tiles; without it there are dots, however near. */
  readonly tiles?: RequestTile;
  /** Whether to try WebGL; or what draws points by it, made before. */
  readonly webgl?: boolean | PointRenderer;
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
  /** What the page draws over the points; it is in pictures of the map too. Set it again to have it drawn anew. */
  setOver(paint: PaintOver | undefined): void;
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
  /** The share of the points that the last frame had time for: less than 1 where a moving map is too much for the machine. */
  readonly share: number;
  /** Points without a place: those whose numbers are not finite. */
  readonly unplaced: number;
  toPixel(x: number, y: number): Pixel;
  toData(pixel: Pixel): [number, number];
  on<Type extends keyof ScatterEvents>(type: Type, listener: Listener<ScatterEvents[Type]>): () => void;
  /** The map as it is now. */
  toPng(): Promise<Blob>;
  destroy(): void;
}
