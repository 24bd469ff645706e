import type { ParsedColors } from './colors.ts';
import { POINT } from './points.ts';

/** What draws points: on the GPU where there is one, on the processor where not. Both draw the same dots. */
export interface PointRenderer {
  readonly kind: 'webgl' | 'canvas';
  readonly canvas: HTMLCanvasElement;
  /** Other points. `order` is a permutation of their rows: the order in which they are drawn. */
  setPoints(category: Uint8Array, state: Uint8Array, order: Uint32Array): void;
  /** Reads states anew. */
  setStates(state: Uint8Array): void;
  /** Reads places anew: an array that frames are drawn from has other content. */
  update(places: Float32Array): void;
  setColors(colors: ParsedColors): void;
  /** Draws over all that was there. */
  draw(frame: Frame): void;
  destroy(): void;
}

/** All that a frame is drawn from; lengths in CSS pixels. */
export interface Frame {
  readonly width: number;
  readonly height: number;
  /** Pixels of the canvas per CSS pixel. */
  readonly density: number;
  /** The data in the middle of the view, from the points' origin. */
  readonly x: number;
  readonly y: number;
  readonly scale: number;
  /** [n, 2] each, and the share of the way between them. */
  readonly from: Float32Array;
  readonly to: Float32Array;
  readonly share: number;
  /** How many are drawn: the first so many of the order. */
  readonly count: number;
  readonly diameter: number;
  readonly alpha: number;
  /** From 0 to 1: whether rims are the ground, so that dots stand out of pictures. */
  readonly pin: number;
  /** Who is meant: those that are not are grey and faint, and lie beneath. */
  readonly isolated: number | undefined;
  readonly hasSelection: boolean;
}

/**
 * A permutation of rows of which every beginning is spread evenly over all, however they are sorted: the first quarter looks
 * like the whole, thinner. Steps of the golden section, sorted by where they fall.
 */
export function evenOrder(count: number): Uint32Array {
  const golden = (Math.sqrt(5) - 1) / 2;
  const order = new Uint32Array(count);
  let filled = 0;
  let step = Math.max(Math.round(count * golden), 1);
  while (greatestCommonDivisor(step, count) !== 1) step++;
  for (let row = 0; filled < count; row = (row + step) % count) order[filled++] = row;
  return order;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

/** How opaque a point is that is not meant. */
export const OTHERS_ALPHA = 0.25;
/** Selected points are a little larger. */
export const SELECTED_SIZE = 1.35;
/** The width of a rim in CSS pixels, and the least diameter that has one. */
export const RIM = 1.25;
export const RIMMED_FROM = 4;

/** The order in which points are drawn: the others first. One pass where all are meant. */
export function passesOf({
  isolated,
  hasSelection,
}: Pick<Frame, 'isolated' | 'hasSelection'>): readonly Pass[] {
  return isolated === undefined && !hasSelection ? ['meant'] : ['others', 'meant'];
}

export type Pass = 'others' | 'meant';

/** Whether a pass draws a point. */
export function isDrawn(
  pass: Pass,
  category: number,
  state: number,
  { isolated, hasSelection }: Pick<Frame, 'isolated' | 'hasSelection'>,
): boolean {
  if (state === POINT.hidden) return false;
  const isMeant =
    (isolated === undefined || isolated === category) && (!hasSelection || state === POINT.selected);
  return isMeant === (pass === 'meant');
}
