import { expect, test } from 'vitest';
import { drawBars } from './draw-bars.ts';

const at = { x: (value: number) => 10 * value, y: (value: number) => 100 - 20 * value };

test('a bar stands over its number, upwards or downwards from 0', () => {
  const bars = drawBars(
    [
      { value: 2, fill: 'red' },
      { value: -1, fill: 'blue' },
    ],
    { half: 0.25 },
  )(at);
  const [up, down] = bars.map(({ attributes }) => Object.fromEntries(attributes));
  expect(up).toEqual({ x: '7.5', y: '60', width: '5', height: '40', fill: 'red' });
  expect(down).toEqual({ x: '17.5', y: '100', width: '5', height: '20', fill: 'blue' });
});
