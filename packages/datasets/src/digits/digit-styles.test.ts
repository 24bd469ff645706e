import { describe, expect, it } from 'vitest';
import { DIGIT_STYLES } from './digit-styles.ts';

describe('DIGIT_STYLES', () => {
  it('has ten classes, each written in three ways at least', () => {
    expect(DIGIT_STYLES).toHaveLength(10);
    for (const styles of DIGIT_STYLES) expect(styles.length).toBeGreaterThanOrEqual(3);
  });

  describe.each(DIGIT_STYLES.map((styles, digit) => ({ digit, styles })))('of $digit', ({ styles }) => {
    it('have different names and positive weights', () => {
      expect(new Set(styles.map(({ name }) => name)).size).toBe(styles.length);
      for (const { weight } of styles) expect(weight).toBeGreaterThan(0);
    });

    it.each(styles)(
      '$name is a unit high, give or take a tenth, and every stroke has two places at least',
      ({ strokes }) => {
        const heights = strokes.flat().map(([, y]) => y);
        expect(Math.abs(Math.min(...heights))).toBeLessThan(0.1);
        expect(Math.abs(Math.max(...heights) - 1)).toBeLessThan(0.1);
        for (const stroke of strokes) expect(stroke.length).toBeGreaterThanOrEqual(2);
      },
    );
  });
});
