import { type Camera, type Size, visibleBounds } from '../scatter/camera.ts';
import type { MapCanvas } from '../scatter/overlay.ts';
import { tileLevel } from '../scatter/tiles.ts';

/** Cells along an axis, each of which is decoded. */
export interface StripCells {
  /** In data: the left side of the first, and how wide each is. */
  readonly left: number;
  readonly step: number;
  readonly count: number;
}

/** What an axis decodes to, cell by cell. */
export interface Strip extends StripCells {
  /** The cells side by side. */
  readonly picture: ImageBitmap;
}

/** Room below the axis for its numbers, and below those for pictures, in CSS pixels. */
const [NUMBERS_PX, EDGE_PX] = [20, 4];
const NUMBER_EACH_PX = 100;
/** In deviations: from here on pictures fade, as no code of training was there. */
const [FADE_FROM, FADE_TO, FAINTEST] = [2, 4.5, 0.25];

/** In data; the next level's cells are half as wide. */
const cellWidth = (scale: number) => 2 ** -tileLevel(scale);

/** The cells that a view shows, from 28 to 56 CSS pixels wide. */
export function stripCells(camera: Camera, size: Size): StripCells {
  const step = cellWidth(camera.scale);
  const { left, right } = visibleBounds(camera, size);
  const first = Math.floor(left / step);
  return { left: first * step, step, count: Math.ceil(right / step) - first };
}

/** The middles of cells, as places of the plane: [count, 2] */
export function stripCodes({ left, step, count }: StripCells): Float32Array {
  return Float32Array.from({ length: 2 * count }, (_, i) => (i % 2 ? 0 : left + (i / 2 + 0.5) * step));
}

/** Where the axis of codes of one number is drawn, in CSS pixels from the top: however near one is, pictures have room below it. */
export function axisAt({ scale }: Camera, { height }: Size): number {
  return height - (NUMBERS_PX + scale * cellWidth(scale) + EDGE_PX);
}

/** Draws the axis, its numbers, and below it what each place decodes to; pictures fade where the prior has next to nothing. */
export function drawStrip(map: MapCanvas, strip: Strip | undefined, hasPrior: boolean): void {
  const { context, camera, size, colors, font } = map;
  const top = axisAt(camera, size);
  const along = (x: number) => map.toPixel(x, 0)[0];
  context.fillStyle = colors.ground;
  context.globalAlpha = 0.9;
  context.fillRect(0, top, size.width, size.height - top);
  context.globalAlpha = 1;
  context.fillStyle = colors.ink;
  context.fillRect(0, top, size.width, 1);
  context.font = `11px ${font}`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  const { left, right } = visibleBounds(camera, size);
  const step = 2 ** Math.round(Math.log2(NUMBER_EACH_PX / camera.scale));
  for (let x = Math.ceil(left / step) * step; x <= right; x += step) {
    context.fillRect(along(x), top, 1, 4);
    context.fillText(String(x), along(x), top + NUMBERS_PX / 2 + 2);
  }
  if (strip) drawPictures(map, strip, { top: top + NUMBERS_PX, hasPrior });
}

function drawPictures(
  { context, camera, toPixel }: MapCanvas,
  { left, step, count, picture }: Strip,
  { top, hasPrior }: { top: number; hasPrior: boolean },
): void {
  const width = picture.width / count;
  const side = step * camera.scale - 1;
  context.imageSmoothingEnabled = side < width;
  for (let i = 0; i < count; i++) {
    const x = left + i * step;
    const away = hasPrior ? Math.abs(x + step / 2) : 0;
    const faded = Math.min(Math.max((away - FADE_FROM) / (FADE_TO - FADE_FROM), 0), 1);
    context.globalAlpha = 1 - (1 - FAINTEST) * faded;
    const high = side * (picture.height / width);
    context.drawImage(picture, i * width, 0, width, picture.height, toPixel(x, 0)[0], top, side, high);
  }
  context.globalAlpha = 1;
}
