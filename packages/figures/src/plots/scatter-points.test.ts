import { expect, test } from 'vitest';
import { drawnPoints } from './scatter-points.ts';

test('finite points are drawn, evenly thinned', () => {
  const x = [0, Number.NaN, 2, 3, 4];
  expect(drawnPoints('here', { x, y: x }, 10)).toEqual([0, 2, 3, 4]);
  expect(drawnPoints('here', { x, y: x }, 2)).toEqual([0, 3]);
});

test('no points at all cannot be asked for', () => {
  expect(() => drawnPoints('here', { x: [1], y: [1] }, 0)).toThrow(
    expect.objectContaining({ code: 'E_RANGE' }),
  );
});
