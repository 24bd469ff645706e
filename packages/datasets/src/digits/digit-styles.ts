import type { DigitStyle } from './digit-style.ts';
import { EIGHT_STYLES } from './styles/eight.ts';
import { FIVE_STYLES } from './styles/five.ts';
import { FOUR_STYLES } from './styles/four.ts';
import { NINE_STYLES } from './styles/nine.ts';
import { ONE_STYLES } from './styles/one.ts';
import { SEVEN_STYLES } from './styles/seven.ts';
import { SIX_STYLES } from './styles/six.ts';
import { THREE_STYLES } from './styles/three.ts';
import { TWO_STYLES } from './styles/two.ts';
import { ZERO_STYLES } from './styles/zero.ts';

/**
 * The ways of writing each digit: `DIGIT_STYLES[class][style]`.
 *
 * @example
 * DIGIT_STYLES[7]?.map(({ name }) => name); // ['straight leg', 'bent leg', 'bar', 'hook', 'arch']
 */
export const DIGIT_STYLES: readonly (readonly DigitStyle[])[] = [
  ZERO_STYLES,
  ONE_STYLES,
  TWO_STYLES,
  THREE_STYLES,
  FOUR_STYLES,
  FIVE_STYLES,
  SIX_STYLES,
  SEVEN_STYLES,
  EIGHT_STYLES,
  NINE_STYLES,
];
