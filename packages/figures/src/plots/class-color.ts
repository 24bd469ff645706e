/**
 * Observable's ten: apart in hue and in lightness, so that most pairs survive colour blindness; what does not, the
 * names at the class medians tell.
 *
 * @see Observable Plot's default categorical scheme, `observable10`
 */
const TEN = [
  '#4269d0',
  '#efb118',
  '#ff725c',
  '#6cc5b0',
  '#3ca951',
  '#ff8ab7',
  '#a463f2',
  '#97bbf5',
  '#9c6b4e',
  '#9498a0',
] as const;

const GOLDEN_ANGLE = 137.508; // degrees: neighbouring classes come out far apart, however many there are

/**
 * The colour of class `i`: the first of ten when at most ten are needed, else hues a golden angle apart.
 *
 * @example
 * classColor(0, 10); // '#4269d0'
 */
export function classColor(i: number, classes: number): string {
  if (classes <= TEN.length) return TEN[i]!;
  const hue = Math.round((210 + i * GOLDEN_ANGLE) % 360);
  return `hsl(${hue},${i % 2 === 0 ? 65 : 50}%,${[45, 60, 35][i % 3]}%)`;
}
