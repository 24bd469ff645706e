/** A place the pen passes: `x` to the right and `y` downwards, in units of the digit's height. */
export type Point = readonly [x: number, y: number];

/**
 * One way of writing a digit: the strokes of the pen, each a list of places joined by a smooth curve.
 *
 * A place written twice in a row is a corner: the curve stops there and sets off anew.
 */
export interface DigitStyle {
  readonly name: string;
  /** How often the style is met, relative to the others of its class. */
  readonly weight: number;
  /** Mean of the factor `slant` in this style; 0.12 unless given. */
  readonly slant?: number;
  /** Standard deviation of the factor `slant`; 0.26 unless given. */
  readonly lean?: number;
  readonly strokes: readonly (readonly Point[])[];
}
