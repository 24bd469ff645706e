import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { movingAverage } from './moving-average.ts';

const { rows } = JSON.parse(
  readFileSync(new URL('../../fixtures/moving-average.json', import.meta.url), 'utf8'),
) as { rows: { window: number; values: number[]; smooth: number[] }[] };

test("is SciPy's centred mean with mirrored ends, for odd and even windows, longer than the series too", () => {
  for (const { window, values, smooth } of rows) {
    const ours = movingAverage(values, window);
    for (const [i, value] of smooth.entries())
      expect(ours[i], `${window} of ${values}`).toBeCloseTo(value, 12);
  }
  expect(rows).toHaveLength(28);
});

test('a straight line stays one away from its ends: it does not lag', () => {
  const line = Array.from({ length: 20 }, (_, i) => 100 - 3 * i);
  const smooth = movingAverage(line, 7);
  for (let i = 3; i < 17; i++) expect(smooth[i]).toBeCloseTo(line[i]!, 12);
});

test('a window of 1 changes nothing', () => expect(movingAverage([4, 2.1, 6], 1)).toEqual([4, 2.1, 6]));

test('NaN stays NaN and does not spread', () => {
  expect(movingAverage([4, Number.NaN, 6], 3)).toEqual([4, Number.NaN, 6]); // 4 and, mirrored, nothing else
});
