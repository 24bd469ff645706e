import { createRandom, Stream } from '@latentkit/core';
import { describe, expect, it } from 'vitest';
import { DIGIT_STYLES } from './digit-styles.ts';
import { DIGIT_FACTORS, drawFactors } from './draw-factors.ts';

const drawn = (digit: number, count: number) =>
  Array.from({ length: count }, (_, index) =>
    drawFactors(digit, DIGIT_STYLES[digit]!, createRandom({ seed: 0, stream: Stream.digits, index })),
  );
const meanOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

describe('drawFactors', () => {
  it('names every factor it draws', () => {
    expect(Object.keys(drawn(3, 1)[0]!)).toEqual([...DIGIT_FACTORS]);
  });

  it('meets the styles of a class as often as their weights say', () => {
    const styles = DIGIT_STYLES[2]!;
    const total = styles.reduce((sum, { weight }) => sum + weight, 0);
    const factors = drawn(2, 4000);
    for (const [i, { weight }] of styles.entries()) {
      const share = factors.filter(({ style }) => style === i).length / factors.length;
      expect(Math.abs(share - weight / total)).toBeLessThan(0.03); // 4 standard errors
    }
  });

  it('leans to the right on average, as writers do', () => {
    expect(meanOf(drawn(2, 2000).map(({ slant }) => slant))).toBeCloseTo(0.12, 1);
  });

  it('keeps every factor within its bounds', () => {
    for (const factors of drawn(5, 2000)) {
      expect(Math.abs(factors.slant)).toBeLessThanOrEqual(0.58);
      expect(Math.abs(factors.rotation)).toBeLessThanOrEqual(0.2);
      expect(factors.aspect).toBeGreaterThan(0.6);
      expect(factors.aspect).toBeLessThan(1.51);
      expect(factors.scale).toBeGreaterThan(0.93);
      expect(factors.scale).toBeLessThanOrEqual(1);
      expect(factors.thickness).toBeGreaterThanOrEqual(1.1);
      expect(factors.thickness).toBeLessThan(4);
      expect(factors.pressure).toBeLessThan(0.27);
    }
  });
});
