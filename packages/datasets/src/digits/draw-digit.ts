import { portableSin, type Random } from '@latentkit/core';
import { DIGIT_STYLES } from './digit-styles.ts';
import type { FactorValues } from './draw-factors.ts';
import { elasticWarp } from './elastic-warp.ts';
import { fitToBox } from './fit-to-box.ts';
import { flattenCurve } from './flatten-curve.ts';
import { jitterStrokes } from './jitter-strokes.ts';
import { measureInk } from './measure-ink.ts';
import { type PenStroke, rasterize } from './rasterize.ts';
import { shapePoints } from './shape-points.ts';

/** Side of a digit's image, in pixels. */
export const DIGIT_SIDE = 28;
const CENTRE = 14; // where MNIST has its centres of mass, in pixels from the centre of the first one
const BOX = 20; // longer side of MNIST's digits, in pixels
const TAU = 6.283185307179586;

/**
 * Draws one digit: the style's places, jittered, joined by curves, warped, shaped, fitted to MNIST's box, inked, and
 * moved until the ink's centre of mass is where MNIST has it, or ink touches the border.
 *
 * @param factors what to draw.
 * @param random draws what the factors leave open: jitter, warp and the phase of the pen's pressure.
 * @param out `[28, 28]` bytes, 0 for paper and 255 for ink; overwritten.
 * @example
 * const random = createRandom({ seed: 1, stream: Stream.digits });
 * drawDigit(drawFactors(7, DIGIT_STYLES[7]!, random), random, new Uint8Array(784));
 */
export function drawDigit(factors: FactorValues, random: Random, out: Uint8Array): void {
  const { jitter, scale, softness, thickness } = factors;
  const style = DIGIT_STYLES[factors.class]![factors.style]!;
  const strokes = jitterStrokes(style.strokes, jitter, random).map(flattenCurve);
  const warp = elasticWarp(jitter, random);
  for (const points of strokes) {
    warp(points);
    shapePoints(points, factors);
  }
  fitToBox(strokes, { size: scale * BOX - thickness - softness / 2, centre: CENTRE });
  const pen = strokes.map((points) => press(points, factors, random.uniform()));
  rasterize(pen, out, { side: DIGIT_SIDE, softness });
  const { x, y, left, right, top, bottom } = measureInk(out, DIGIT_SIDE);
  const shiftX = limitShift(CENTRE - x, left, right);
  const shiftY = limitShift(CENTRE - y, top, bottom);
  for (const points of strokes) movePoints(points, shiftX, shiftY);
  rasterize(pen, out, { side: DIGIT_SIDE, softness });
}

/** Gives the pen its radius along a stroke: `thickness / 2 (1 + pressure sin(2 pi phase + i / 4))` at point `i`. */
function press(points: readonly number[], { thickness, pressure }: FactorValues, phase: number): PenStroke {
  const radii: number[] = [];
  for (let i = 0; i < points.length / 2; i++) {
    radii.push((thickness / 2) * (1 + pressure * portableSin(TAU * phase + 0.25 * i)));
  }
  return { points, radii };
}

function movePoints(points: number[], x: number, y: number): void {
  for (let i = 0; i < points.length; i += 2) {
    points[i] = points[i]! + x;
    points[i + 1] = points[i + 1]! + y;
  }
}

/** The shift, or as much of it as keeps all ink, now from pixel `first` to pixel `last`, inside the image. */
function limitShift(shift: number, first: number, last: number): number {
  return Math.min(Math.max(shift, -first), DIGIT_SIDE - 1 - last);
}
