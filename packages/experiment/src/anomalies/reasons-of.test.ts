import { expect, it } from 'vitest';
import { reasonsOf } from './reasons-of.ts';

const names = ['age', 'colour', 'income', 'height', 'weight'];
const reasonsOfRow = (given: (number | string)[], expected: (number | string)[], heat: number[]) =>
  reasonsOf([given], [expected], { heat: Float32Array.from(heat), names })[0];

it('names the three columns that differ most, the hottest first', () => {
  const row = reasonsOfRow([30, 'red', 9_900_000, 170, 60], [40, 'blue', 41_000, 180, 80], [1, 2, 9, 4, 3]);
  expect(row).toBe('income 9900000 (expected 41000); height 170 (expected 180); weight 60 (expected 80)');
});

it('leaves out what reads as expected, however hot it is', () => {
  const row = reasonsOfRow(
    [30, 'blue', 41_000, 170, 60.000_01],
    [40, 'blue', 41_000, 170, 60],
    [1, 9, 8, 7, 6],
  );
  expect(row).toBe('age 30 (expected 40)');
  expect(reasonsOfRow([30, 'blue', 1, 2, 3], [30, 'blue', 1, 2, 3], [1, 2, 3, 4, 5])).toBe('');
});

it('takes the heat of its own row', () => {
  const heat = Float32Array.from([5, 1, 1, 5]);
  expect(
    reasonsOf(
      [
        [1, 2],
        [1, 2],
      ],
      [
        [3, 4],
        [3, 4],
      ],
      { heat, names: ['a', 'b'] },
    ),
  ).toEqual(['a 1 (expected 3); b 2 (expected 4)', 'b 2 (expected 4); a 1 (expected 3)']);
});
