import { type Camera, type Pixel, type Size, toPixel } from './camera.ts';
import type { ScatterColors } from './colors.ts';
import { drawGlyphs, type Glyph } from './glyphs.ts';
import type { Prior } from './ground.ts';
import type { Path } from './lasso.ts';
import { placeNames } from './names.ts';

/** What lies above the points. Places are data. */
export interface OverlayFrame {
  readonly camera: Camera;
  readonly size: Size;
  readonly colors: ScatterColors;
  readonly font: string;
  readonly prior: Prior | undefined;
  readonly names: readonly {
    readonly text: string;
    readonly x: number;
    readonly y: number;
    readonly alpha: number;
  }[];
  readonly hovered:
    | { readonly x: number; readonly y: number; readonly category: number | undefined; readonly name: string }
    | undefined;
  readonly glyphs: readonly Glyph[];
  /** The diameter of a dot in CSS pixels. */
  readonly diameter: number;
  readonly crosshair: { readonly x: number; readonly y: number } | undefined;
  readonly lasso: Path | undefined;
  readonly over: PaintOver | undefined;
}

/** Draws what a page has to show on its map: ways, ends, ellipses. */
export type PaintOver = (map: MapCanvas) => void;

/** A map to draw on. What is set of the context is put back afterwards. */
export interface MapCanvas extends Pick<OverlayFrame, 'camera' | 'size' | 'colors' | 'font'> {
  /** It has CSS pixels as units. */
  readonly context: CanvasRenderingContext2D;
  toPixel(x: number, y: number): Pixel;
  /** Writes so that it can be read over points. */
  write(text: string, px: number, py: number): void;
}

const NAME_PX = 15;
/** Between names. */
const MARGIN = 4;
/** Widths of the ground around letters, and how opaque it is. */
const HALOS = [
  [8, 0.5],
  [4, 0.8],
] as const;
const CROSSHAIR_PX = 14;
const LABEL_PX = 20;
/** In deviations of the prior. */
const RINGS = [1, 2];

/** Draws rings, names, the lasso, the hovered dot and the crosshair. The context has CSS pixels as units. */
export function drawOverlay(context: CanvasRenderingContext2D, frame: OverlayFrame): void {
  const { camera, size, colors, lasso, hovered, crosshair } = frame;
  context.clearRect(0, 0, size.width, size.height);
  context.lineJoin = 'round';
  drawGlyphs(context, frame.glyphs, frame);
  if (frame.prior?.isLine) drawDeviations(context, frame, frame.prior);
  else if (frame.prior) drawRings(context, frame, frame.prior);
  drawNames(context, frame);
  if (frame.over) {
    context.save();
    frame.over({
      ...{ context, camera, size, colors, font: frame.font },
      toPixel: (x, y) => toPixel(camera, size, x, y),
      write(text, px, py) {
        context.font = `600 ${NAME_PX}px ${frame.font}`;
        writeWithHalo(context, colors, text, px, py);
      },
    });
    context.restore();
  }
  if (lasso && lasso.length > 2) drawLasso(context, frame, lasso);
  if (hovered) drawHovered(context, frame, hovered);
  if (crosshair) drawCrosshair(context, frame, crosshair);
}

function drawRings(
  context: CanvasRenderingContext2D,
  { camera, size, colors, font }: OverlayFrame,
  { x, y, deviation }: Prior,
): void {
  context.font = `11px ${font}`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  const [middleX, middleY] = toPixel(camera, size, x, y);
  for (const ring of RINGS) {
    context.beginPath();
    context.arc(middleX, middleY, ring * deviation * camera.scale, 0, 2 * Math.PI);
    strokeFaintly(context, colors);
  }
  context.globalAlpha = 1;
  for (const ring of RINGS) {
    const [px, py] = toPixel(camera, size, x, y + ring * deviation);
    writeWithHalo(context, colors, `${ring}σ`, px, py);
  }
}

/** Of a prior of one dimension: lines across it. */
function drawDeviations(
  context: CanvasRenderingContext2D,
  { camera, size, colors, font }: OverlayFrame,
  { x, y, deviation }: Prior,
): void {
  context.font = `11px ${font}`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  for (const ring of [...RINGS.map((one) => -one), 0, ...RINGS]) {
    const [px] = toPixel(camera, size, x + ring * deviation, y);
    context.beginPath();
    context.moveTo(px, ring === 0 ? 0 : LABEL_PX);
    context.lineTo(px, size.height);
    strokeFaintly(context, colors);
    if (ring !== 0) writeWithHalo(context, colors, `${ring}σ`.replace('-', '\u2212'), px, LABEL_PX / 2);
  }
}

/** In the ground's colour first: pictures beneath may be as dark as the ink. */
function strokeFaintly(context: CanvasRenderingContext2D, colors: ScatterColors): void {
  for (const [width, color, alpha] of [
    [3, colors.ground, 0.3],
    [1, colors.ink, 0.4],
  ] as const) {
    context.lineWidth = width;
    context.strokeStyle = color;
    context.globalAlpha = alpha;
    context.stroke();
  }
  context.globalAlpha = 1;
}

function drawNames(
  context: CanvasRenderingContext2D,
  { camera, size, colors, font, names }: OverlayFrame,
): void {
  context.font = `600 ${NAME_PX}px ${font}`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  const tags = names.map(({ text, x, y, alpha }) => {
    const [px, py] = toPixel(camera, size, x, y);
    const { width } = context.measureText(text);
    return { text, px, py, width: width + 2 * MARGIN, height: NAME_PX + 2 * MARGIN, alpha };
  });
  for (const [i, { text, px, py }] of placeNames(tags).entries()) {
    context.globalAlpha = tags[i]!.alpha;
    writeWithHalo(context, colors, text, px, py);
  }
  context.globalAlpha = 1;
}

function writeWithHalo(
  context: CanvasRenderingContext2D,
  { ground, ink }: ScatterColors,
  text: string,
  px: number,
  py: number,
): void {
  const alpha = context.globalAlpha;
  context.strokeStyle = ground;
  // Soft outside: a hard edge would leave slivers of the dots beneath, which look like signs.
  for (const [width, share] of HALOS) {
    context.lineWidth = width;
    context.globalAlpha = alpha * share;
    context.strokeText(text, px, py);
  }
  context.globalAlpha = alpha;
  context.fillStyle = ink;
  context.fillText(text, px, py);
}

function drawLasso(
  context: CanvasRenderingContext2D,
  { camera, size, colors }: OverlayFrame,
  lasso: Path,
): void {
  context.beginPath();
  for (let i = 0; i < lasso.length; i += 2)
    context.lineTo(...toPixel(camera, size, lasso[i]!, lasso[i + 1]!));
  context.closePath();
  context.fillStyle = `${colors.accent}1f`;
  context.fill('evenodd');
  context.strokeStyle = colors.accent;
  context.lineWidth = 1.5;
  context.stroke();
}

function drawHovered(
  context: CanvasRenderingContext2D,
  { camera, size, colors, diameter, font }: OverlayFrame,
  { x, y, category, name }: NonNullable<OverlayFrame['hovered']>,
): void {
  const [px, py] = toPixel(camera, size, x, y);
  const radius = diameter / 2 + 3;
  context.beginPath();
  context.arc(px, py, radius, 0, 2 * Math.PI);
  context.fillStyle = (category === undefined ? undefined : colors.dots[category]?.fill) ?? colors.faint;
  context.fill();
  for (const [width, color] of [
    [4, colors.ground],
    [1.5, colors.ink],
  ] as const) {
    context.lineWidth = width;
    context.strokeStyle = color;
    context.stroke();
  }
  if (name === '') return;
  context.font = `600 13px ${font}`;
  context.textBaseline = 'middle';
  // On the side where there is room.
  const isRight = px < size.width - 80;
  context.textAlign = isRight ? 'left' : 'right';
  writeWithHalo(context, colors, name, px + (isRight ? radius + 6 : -radius - 6), py);
}

function drawCrosshair(
  context: CanvasRenderingContext2D,
  { camera, size, colors }: OverlayFrame,
  { x, y }: { x: number; y: number },
): void {
  const [px, py] = toPixel(camera, size, x, y).map((at) => Math.round(at) + 0.5) as [number, number];
  context.beginPath();
  for (const [dx, dy] of [
    [1, 0],
    [-1, 0],
    [0, 1],
    [0, -1],
  ] as const) {
    context.moveTo(px + 4 * dx, py + 4 * dy);
    context.lineTo(px + CROSSHAIR_PX * dx, py + CROSSHAIR_PX * dy);
  }
  for (const [width, color] of [
    [4, colors.ground],
    [2, colors.accent],
  ] as const) {
    context.lineWidth = width;
    context.strokeStyle = color;
    context.stroke();
  }
}
