import { LatentkitError } from './error.ts';

/**
 * `base` to a whole power, by repeated squaring: the same bits on every engine, unlike `Math.pow`.
 *
 * @throws `E_RANGE` when `exponent` is not a whole number of at least 0.
 * @example
 * portablePower(0.999, 1000); // 0.36769542477096695
 */
export function portablePower(base: number, exponent: number): number {
  if (!Number.isSafeInteger(exponent) || exponent < 0) {
    throw new LatentkitError('E_RANGE', `portablePower: expected a whole exponent >= 0, got ${exponent}`);
  }
  let result = 1;
  let square = base;
  for (let rest = exponent; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result *= square;
    square *= square;
  }
  return result;
}
