import type { Random } from '@latentkit/core';
import type { DigitStyle } from './digit-style.ts';

/** The names of what an image is made from; {@link FactorValues} says what they mean. */
export const DIGIT_FACTORS = [
  'class',
  'style',
  'slant',
  'rotation',
  'aspect',
  'waist',
  'taper',
  'scale',
  'thickness',
  'pressure',
  'jitter',
  'softness',
] as const;
export type DigitFactor = (typeof DIGIT_FACTORS)[number];

/**
 * What one image was made from.
 *
 * - `class`: 0 to 9; `style`: an index into the class's styles.
 * - `slant`: how far the head leans to the right, per unit of height; `rotation`: radians, clockwise.
 * - `aspect`: width over the style's own; `waist`: how far the middle is lowered, in heights; `taper`: how much wider
 *   the foot is and narrower the head, as a fraction.
 * - `scale`: longer side of the ink's box over MNIST's 20 pixels.
 * - `thickness`: the pen's mean width, in pixels; `pressure`: its relative variation along a stroke.
 * - `jitter`: unsteadiness of the hand, in heights; `softness`: width of the ink's edge, in pixels.
 */
export type FactorValues = Record<DigitFactor, number>;

/**
 * Draws the factors of an image of a class.
 *
 * @param digit the class, 0 to 9.
 * @param styles the ways of writing it.
 * @example
 * drawFactors(7, DIGIT_STYLES[7]!, createRandom({ seed: 1, stream: Stream.digits })).slant; // 0.19555604037110527
 */
export function drawFactors(digit: number, styles: readonly DigitStyle[], random: Random): FactorValues {
  const style = chooseStyle(styles, random.uniform());
  const { slant = 0.12, lean = 0.26 } = styles[style]!;
  return {
    class: digit,
    style,
    slant: slant + lean * limited(random),
    rotation: 0.09 * limited(random),
    aspect: 1.06 + 0.2 * limited(random),
    waist: 0.05 * limited(random),
    taper: 0.16 * limited(random),
    scale: 1 - 0.06 * random.uniform() * random.uniform(),
    thickness: Math.max(1.1, 2.55 + 0.65 * limited(random)),
    pressure: 0.12 * Math.abs(limited(random)),
    jitter: 0.018 + 0.045 * random.uniform() * random.uniform(),
    softness: 1 + 0.5 * random.uniform(),
  };
}

/** A standard normal number, cut at 2.2: no hand is beyond all bounds. */
function limited(random: Random): number {
  return Math.min(Math.max(random.normal(), -2.2), 2.2);
}

function chooseStyle(styles: readonly DigitStyle[], uniform: number): number {
  let rest = uniform * styles.reduce((sum, { weight }) => sum + weight, 0);
  for (let i = 0; i < styles.length - 1; i++) {
    rest -= styles[i]!.weight;
    if (rest < 0) return i;
  }
  return styles.length - 1;
}
