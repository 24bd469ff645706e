import { type Camera, type Size, toPixel } from './camera.ts';
import type { ScatterColors } from './colors.ts';
import type { DensityPicture } from './snapshot.ts';
import type { StoredTile } from './tile-store.ts';

/** The standard normal that codes are held to, or another of its kind: it has rings at one and two deviations. */
export interface Prior {
  readonly x: number;
  readonly y: number;
  readonly deviation: number;
  /** One of a single dimension, along x: instead of rings it has lines across, and `y` is the least that is in view from the start. */
  readonly isLine?: boolean;
}

/** What lies beneath the points. */
export interface GroundFrame {
  readonly camera: Camera;
  readonly size: Size;
  readonly colors: ScatterColors;
  readonly prior: Prior | undefined;
  readonly density: DensityPicture | undefined;
  /** How much of the density is seen. */
  readonly densityAlpha: number;
  /** The points' origin. */
  readonly origin: readonly [number, number];
  /** Those of coarser levels first, with how much of each is seen. */
  readonly tiles: readonly { readonly stored: StoredTile; readonly alpha: number }[];
  /** How much of the tiles is seen. */
  readonly tilesAlpha: number;
}

/** In deviations: from here on pictures fade, as no code of training was there, to `FAINTEST` at the end. */
const FADE_FROM = 2;
const FADE_TO = 4.5;
const FAINTEST = 0.22;

/** Draws density and tiles. The context has CSS pixels as units. */
export function drawGround(context: CanvasRenderingContext2D, frame: GroundFrame): void {
  const { camera, size, origin, tilesAlpha } = frame;
  context.clearRect(0, 0, size.width, size.height);
  // What is blurred has nothing to lose by the plain way of scaling, which is ten times as fast on a processor.
  context.imageSmoothingQuality = 'low';
  if (frame.density) {
    const { left, right, bottom, top } = frame.density.bounds;
    const [px, py] = toPixel(camera, size, left + origin[0], top + origin[1]);
    const [width, height] = [(right - left) * camera.scale, (top - bottom) * camera.scale];
    context.globalAlpha = frame.densityAlpha;
    context.drawImage(frame.density.canvas, px, py, width, height);
  }
  if (tilesAlpha > 0 && frame.tiles.length > 0) drawTiles(context, frame);
  context.globalAlpha = 1;
}

function drawTiles(
  context: CanvasRenderingContext2D,
  { camera, size, tiles, tilesAlpha, prior, colors }: GroundFrame,
) {
  for (const { stored, alpha } of tiles) {
    const { left, top, width } = stored.tile;
    const [px, py] = toPixel(camera, size, left, top);
    const side = width * camera.scale;
    if (px > size.width || py > size.height || px + side < 0 || py + side < 0) continue;
    context.globalAlpha = alpha * tilesAlpha;
    // On whole pixels: neighbours would show a seam of half-covered pixels.
    const [x, y] = [Math.round(px), Math.round(py)];
    context.drawImage(stored.picture, x, y, Math.round(px + side) - x, Math.round(py + side) - y);
  }
  if (!prior) return;
  const [px, py] = toPixel(camera, size, prior.x, prior.y);
  const unit = prior.deviation * camera.scale;
  const fade = context.createRadialGradient(px, py, FADE_FROM * unit, px, py, FADE_TO * unit);
  fade.addColorStop(0, `${colors.ground}00`);
  fade.addColorStop(1, `${colors.ground}${Math.round(255 * (1 - FAINTEST)).toString(16)}`);
  context.globalAlpha = tilesAlpha;
  context.fillStyle = fade;
  context.fillRect(0, 0, size.width, size.height);
}
