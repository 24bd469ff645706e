import type { ParsedColors, Rgb } from './colors.ts';
import { POINT } from './points.ts';
import {
  type Frame,
  isDrawn,
  OTHERS_ALPHA,
  type PointRenderer,
  passesOf,
  RIM,
  RIMMED_FROM,
  SELECTED_SIZE,
} from './renderer.ts';
import { resizeCanvas } from './resize-canvas.ts';

/** Dots stand at quarters of a pixel: their movement looks even, and there are 16 stamps of a size. */
const PLACES = 4;

/** A dot as pixels: how much of each it covers, and how much of that is rim. */
interface Stamp {
  readonly side: number;
  readonly cover: Float32Array;
  readonly rim: Float32Array;
}

/** Points written into the pixels of a canvas: what WebGL draws, on the processor. */
export function createCanvasPoints(): PointRenderer {
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d')!;
  let image: ImageData | undefined;
  let category: Uint8Array = new Uint8Array();
  let state: Uint8Array = new Uint8Array();
  let order: Uint32Array = new Uint32Array();
  let colors: ParsedColors = { ground: [0, 0, 0], faint: [0, 0, 0], fills: [], rims: [] };

  const drawPass = (frame: Frame, pass: 'others' | 'meant', target: ImageData) => {
    const { from, to, share, density, alpha, pin } = frame;
    const rimWidth = frame.diameter < RIMMED_FROM ? 0 : RIM * density;
    const plain = makeStamps(frame.diameter * density, rimWidth);
    const selected = frame.hasSelection
      ? makeStamps(frame.diameter * density * SELECTED_SIZE, rimWidth)
      : plain;
    const scale = frame.scale * density;
    const middleX = target.width / 2;
    const middleY = target.height / 2;
    const margin = frame.diameter * density;
    for (let k = 0; k < frame.count; k++) {
      const row = order[k]!;
      if (!isDrawn(pass, category[row]!, state[row]!, frame)) continue;
      const i = 2 * row;
      const px = (from[i]! + (to[i]! - from[i]!) * share - frame.x) * scale + middleX;
      const py = middleY - (from[i + 1]! + (to[i + 1]! - from[i + 1]!) * share - frame.y) * scale;
      // Also false for NaN.
      if (!(px > -margin && py > -margin && px < target.width + margin && py < target.height + margin))
        continue;
      const label = category[row]!;
      const isSelected = state[row] === POINT.selected;
      const isColored = pass === 'meant' && label < colors.fills.length;
      const fill = isColored ? colors.fills[label]! : colors.faint;
      const edge = isColored ? colors.rims[label]! : colors.faint;
      const opacity = pass === 'others' ? Math.min(alpha, OTHERS_ALPHA) : isSelected ? 1 : alpha;
      const rim = pass === 'meant' && pin > 0 ? mixRgb(edge, colors.ground, pin) : edge;
      stampDot(
        target,
        isSelected ? selected : plain,
        px,
        py,
        fill,
        rim,
        opacity,
        pass === 'meant' ? 1 : opacity,
      );
    }
  };

  return {
    kind: 'canvas',
    canvas,
    setPoints(newCategory, newState, newOrder) {
      category = newCategory;
      state = newState;
      order = newOrder;
    },
    setStates(newState) {
      state = newState;
    },
    update() {},
    setColors(newColors) {
      colors = newColors;
    },
    draw(frame) {
      resizeCanvas(canvas, frame.width * frame.density, frame.height * frame.density);
      if (image?.width === canvas.width && image.height === canvas.height) image.data.fill(0);
      else image = new ImageData(canvas.width, canvas.height);
      for (const pass of passesOf(frame)) drawPass(frame, pass, image);
      context.putImageData(image, 0, 0);
    },
    destroy() {},
  };
}

/** The 16 stamps of a dot: its middle at each quarter of a pixel. Lengths in pixels. */
function makeStamps(diameter: number, rimWidth: number): readonly Stamp[] {
  const radius = diameter / 2;
  const reach = Math.ceil(radius + 0.5);
  const side = 2 * reach + 1;
  return Array.from({ length: PLACES * PLACES }, (_, place) => {
    const middleX = reach + ((place % PLACES) + 0.5) / PLACES;
    const middleY = reach + (Math.floor(place / PLACES) + 0.5) / PLACES;
    const cover = new Float32Array(side * side);
    const rim = new Float32Array(side * side);
    for (let i = 0; i < side * side; i++) {
      const away = Math.hypot((i % side) + 0.5 - middleX, Math.floor(i / side) + 0.5 - middleY);
      cover[i] = Math.min(Math.max(radius + 0.5 - away, 0), 1);
      rim[i] = rimWidth > 0 ? Math.min(Math.max(away - radius + rimWidth + 0.5, 0), 1) : 0;
    }
    return { side, cover, rim };
  });
}

/** Lays a dot over what is there: source over destination, with colours that are not multiplied by their alpha. */
function stampDot(
  { data, width, height }: ImageData,
  stamps: readonly Stamp[],
  px: number,
  py: number,
  fill: Rgb,
  edge: Rgb,
  opacity: number,
  rimOpacity: number,
): void {
  const column = Math.floor(px);
  const line = Math.floor(py);
  const place = Math.floor((py - line) * PLACES) * PLACES + Math.floor((px - column) * PLACES);
  const { side, cover, rim } = stamps[place]!;
  const left = column - (side >> 1);
  const top = line - (side >> 1);
  for (let y = Math.max(0, -top); y < side && top + y < height; y++) {
    for (let x = Math.max(0, -left); x < side && left + x < width; x++) {
      const i = y * side + x;
      const r = rim[i]!;
      const alpha = cover[i]! * (opacity + (rimOpacity - opacity) * r);
      if (alpha === 0) continue;
      const at = 4 * ((top + y) * width + left + x);
      const red = fill[0] + (edge[0] - fill[0]) * r;
      const green = fill[1] + (edge[1] - fill[1]) * r;
      const blue = fill[2] + (edge[2] - fill[2]) * r;
      const below = (data[at + 3]! / 255) * (1 - alpha);
      const whole = alpha + below;
      data[at] = (red * alpha + data[at]! * below) / whole;
      data[at + 1] = (green * alpha + data[at + 1]! * below) / whole;
      data[at + 2] = (blue * alpha + data[at + 2]! * below) / whole;
      data[at + 3] = 255 * whole;
    }
  }
}

function mixRgb(a: Rgb, b: Rgb, share: number): Rgb {
  return [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share, a[2] + (b[2] - a[2]) * share];
}
