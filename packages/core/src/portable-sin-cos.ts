import { LatentkitError } from './error.ts';

const TWO_OVER_PI = 0.6366197723675814;
const HALF_PI_HIGH = 1.5707963267341256; // 33 significant bits: quadrant * HALF_PI_HIGH is exact below 2^20 quadrants
const HALF_PI_LOW = 6.077100506506192e-11;
const LIMIT = 1e6;

/** Taylor series on [-pi/4, pi/4], cut below 2^-57. */
function sinSeries(r: number): number {
  const q = r * r;
  let series = 1;
  for (let n = 16; n >= 2; n -= 2) series = 1 - (series * q) / (n * (n + 1));
  return r * series;
}

function cosSeries(r: number): number {
  const q = r * r;
  let series = 1;
  for (let n = 17; n >= 1; n -= 2) series = 1 - (series * q) / (n * (n + 1));
  return series;
}

function sinOfQuadrants(x: number, shift: number): number {
  if (!(Math.abs(x) <= LIMIT)) {
    throw new LatentkitError('E_RANGE', `portableSin: expected |x| <= ${LIMIT} radians, got ${x}`);
  }
  const quadrant = Math.floor(x * TWO_OVER_PI + 0.5);
  const r = x - quadrant * HALF_PI_HIGH - quadrant * HALF_PI_LOW;
  const turn = (((quadrant + shift) % 4) + 4) % 4;
  const value = turn % 2 === 0 ? sinSeries(r) : cosSeries(r);
  return turn < 2 ? value : -value;
}

/**
 * Sine of `x` radians from + - x / alone, so that every engine gives the same bits; absolute error under 2.3e-16.
 *
 * @throws `E_RANGE` beyond `|x| = 1e6`, where the reduction to one quadrant would lose digits.
 *
 * @example
 * portableSin(Math.PI / 6); // 0.49999999999999994
 */
export function portableSin(x: number): number {
  return sinOfQuadrants(x, 0);
}

/**
 * Cosine of `x` radians; as {@link portableSin}.
 *
 * @example
 * portableCos(0); // 1
 */
export function portableCos(x: number): number {
  return sinOfQuadrants(x, 1);
}
