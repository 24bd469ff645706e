import { createRandom, Stream } from '@latentkit/core';
import { describe, expect, it } from 'vitest';
import { DIGIT_STYLES } from './digit-styles.ts';
import { DIGIT_SIDE, drawDigit } from './draw-digit.ts';
import { drawFactors, type FactorValues } from './draw-factors.ts';
import { measureInk } from './measure-ink.ts';

function drawn(digit: number, index: number, change: Partial<FactorValues> = {}): Uint8Array {
  const random = createRandom({ seed: 0, stream: Stream.digits, index });
  const out = new Uint8Array(DIGIT_SIDE * DIGIT_SIDE);
  drawDigit({ ...drawFactors(digit, DIGIT_STYLES[digit]!, random), ...change }, random, out);
  return out;
}
const inkOf = (image: Uint8Array) => image.reduce((sum, value) => sum + value, 0);

describe.each([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])('drawDigit of %d', (digit) => {
  it('puts the ink into a box of about 20 pixels', () => {
    for (let index = 0; index < 100; index++) {
      const { left, right, top, bottom } = measureInk(drawn(digit, index), DIGIT_SIDE);
      const longer = Math.max(right - left, bottom - top) + 1;
      expect(longer).toBeGreaterThanOrEqual(18);
      expect(longer).toBeLessThanOrEqual(22);
    }
  });

  it('balances within a quarter of a pixel of (14, 14), unless the border is in the way', () => {
    for (let index = 0; index < 100; index++) {
      const { x, y, left, right, top, bottom } = measureInk(drawn(digit, index), DIGIT_SIDE);
      if (left > 1 && right < DIGIT_SIDE - 2) expect(Math.abs(x - 14)).toBeLessThan(0.25);
      if (top > 1 && bottom < DIGIT_SIDE - 2) expect(Math.abs(y - 14)).toBeLessThan(0.25);
    }
  });

  it('lets at most an end of a stroke touch the border', () => {
    for (let index = 0; index < 100; index++) {
      const image = drawn(digit, index);
      const border = image.filter((_, pixel) => {
        const [column, row] = [pixel % DIGIT_SIDE, Math.floor(pixel / DIGIT_SIDE)];
        return Math.min(column, row) === 0 || Math.max(column, row) === DIGIT_SIDE - 1;
      });
      expect(border.filter((ink) => ink > 0).length).toBeLessThanOrEqual(4);
    }
  });

  it('has more ink from a thicker pen, and ink at full strength', () => {
    for (let index = 0; index < 20; index++) {
      const [thin, thick] = [drawn(digit, index, { thickness: 2 }), drawn(digit, index, { thickness: 3 })];
      expect(inkOf(thick)).toBeGreaterThan(1.15 * inkOf(thin));
      expect(Math.max(...thick)).toBe(255);
    }
  });
});
