import { isThere, type Pickable } from './pick.ts';

/** A closed path: x, y, x, y, ... The last corner is joined to the first. */
export type Path = readonly number[];

/** Which points lie within: what fills a path once, and is then asked for each point. */
export interface FilledPath {
  has(x: number, y: number): boolean;
}

/** As many pixels as the longer side of a filled path's raster has. */
const RASTER = 512;

/**
 * Whether a place lies inside a path: by the even-odd rule, so that what a path goes around twice is outside.
 *
 * Source: Shimrat (1962), Algorithm 112, CACM 5(8), 434.
 */
export function isInside(path: Path, x: number, y: number): boolean {
  let inside = false;
  for (let i = 0, before = path.length - 2; i < path.length; before = i, i += 2) {
    const ay = path[i + 1]!;
    const by = path[before + 1]!;
    if (ay > y === by > y) continue;
    const ax = path[i]!;
    if (x < ax + ((y - ay) / (by - ay)) * (path[before]! - ax)) inside = !inside;
  }
  return inside;
}

/**
 * Fills a path once into a small raster; each point is then a look at one pixel, whatever the shape of the path. The pixels
 * that its edge runs through are decided by the path itself, so that the answer is `isInside`'s.
 */
export function fillPath(
  path: Path,
  createCanvas: (width: number, height: number) => OffscreenCanvas,
): FilledPath {
  const { left, bottom, right, top } = boundsOf(path);
  const scale = RASTER / Math.max(right - left, top - bottom, Number.MIN_VALUE);
  const width = Math.ceil((right - left) * scale) + 2;
  const height = Math.ceil((top - bottom) * scale) + 2;
  const canvas = createCanvas(width, height);
  const context = canvas.getContext('2d', { willReadFrequently: true })!;
  context.beginPath();
  for (let i = 0; i < path.length; i += 2) {
    context.lineTo((path[i]! - left) * scale + 1, (path[i + 1]! - bottom) * scale + 1);
  }
  context.closePath();
  context.fill('evenodd');
  // The edge is drawn over it in half tones, so that a pixel is wholly in, wholly out, or on the edge.
  context.globalCompositeOperation = 'copy';
  const filled = context.getImageData(0, 0, width, height).data;
  context.lineWidth = 3;
  context.stroke();
  const edge = context.getImageData(0, 0, width, height).data;
  return {
    has(x, y) {
      if (!(x >= left && x <= right && y >= bottom && y <= top)) return false;
      const at = 4 * (Math.floor((y - bottom) * scale + 1) * width + Math.floor((x - left) * scale + 1)) + 3;
      return edge[at] ? isInside(path, x, y) : filled[at]! > 127;
    },
  };
}

/** A mask of the points that lie within: 1 for each that does. [n] */
export function selectWithin(points: Pickable, within: FilledPath): Uint8Array {
  const { places } = points;
  const mask = new Uint8Array(points.state.length);
  for (let row = 0; row < mask.length; row++) {
    if (within.has(places[2 * row]!, places[2 * row + 1]!) && isThere(points, row)) mask[row] = 1;
  }
  return mask;
}

/** A circle as a path of 64 corners: the selection that is made by keys. */
export function circlePath(x: number, y: number, radius: number): Path {
  return Array.from({ length: 128 }, (_, i) => {
    const angle = (Math.PI * (i >> 1)) / 32;
    return i % 2 ? y + radius * Math.sin(angle) : x + radius * Math.cos(angle);
  });
}

function boundsOf(path: Path) {
  const bounds = {
    left: Number.POSITIVE_INFINITY,
    bottom: Number.POSITIVE_INFINITY,
    right: Number.NEGATIVE_INFINITY,
    top: Number.NEGATIVE_INFINITY,
  };
  for (let i = 0; i < path.length; i += 2) {
    bounds.left = Math.min(bounds.left, path[i]!);
    bounds.right = Math.max(bounds.right, path[i]!);
    bounds.bottom = Math.min(bounds.bottom, path[i + 1]!);
    bounds.top = Math.max(bounds.top, path[i + 1]!);
  }
  return bounds;
}
