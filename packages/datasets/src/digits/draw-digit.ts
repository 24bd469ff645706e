import { portableSin, type Random } from '@latentkit/core';
import { DIGIT_STYLES } from './digit-styles.ts';
import type { FactorValues } from './draw-factors.ts';
import { elasticWarp } from './elastic-warp.ts';
import { fitToFrame } from './fit-to-frame.ts';
import { flattenCurve } from './flatten-curve.ts';
import { jitterStrokes } from './jitter-strokes.ts';
import { type PenStroke, rasterize } from './rasterize.ts';
import { shapePoints } from './shape-points.ts';

/** Side of a digit's image, in pixels. */
export const DIGIT_SIDE = 28;
const BOX = 20;
const WARP = 0.024;

/**
 * Draws one digit: the style's places, jittered, joined by curves, warped, shaped, fitted and inked.
 *
 * @param factors what to draw.
 * @param random draws what the factors leave open: jitter, warp and the phase of the pen's pressure.
 * @param out `[28, 28]` bytes, 0 for paper and 255 for ink; overwritten.
 * @example
 * const random = createRandom({ seed: 1, stream: Stream.digits });
 * drawDigit(drawFactors(7, DIGIT_STYLES[7], random), random, new Uint8Array(784));
 */
export function drawDigit(factors: FactorValues, random: Random, out: Uint8Array): void {
  const style = DIGIT_STYLES[factors.class]![factors.style]!;
  const strokes = jitterStrokes(style.strokes, factors.jitter, random).map(flattenCurve);
  const warp = elasticWarp(WARP, random);
  for (const points of strokes) {
    warp(points);
    shapePoints(points, factors);
  }
  const size = factors.scale * BOX - factors.thickness;
  const margin = factors.thickness / 2 + 1.5;
  fitToFrame(strokes, { size, frame: DIGIT_SIDE, margin });
  rasterize(
    strokes.map((points) => press(points, factors, random.uniform())),
    out,
    { side: DIGIT_SIDE, softness: factors.softness },
  );
}

/** Gives the pen its radius along a stroke: `thickness / 2 (1 + pressure sin(phase + length / 4))`. */
function press(points: readonly number[], { thickness, pressure }: FactorValues, phase: number): PenStroke {
  const radii: number[] = [];
  for (let i = 0; i < points.length / 2; i++) {
    radii.push((thickness / 2) * (1 + pressure * portableSin(6.283185307179586 * phase + 0.25 * i)));
  }
  return { points, radii };
}
