import { expect, test } from 'vitest';
import { latentGridPoints } from './latent-grid-points.ts';

test('x rises along the rows, y falls down the columns', () => {
  const points = latentGridPoints({ rows: 2, columns: 3, xRange: [-1, 1], yRange: [0, 5] });
  expect([...points]).toEqual([-1, 5, 0, 5, 1, 5, -1, 0, 0, 0, 1, 0]);
});

test('a single row stands in the middle', () => {
  expect([...latentGridPoints({ rows: 1, columns: 2 })]).toEqual([-3, 0, 3, 0]);
});

test('a grid without rows is refused', () => {
  expect(() => latentGridPoints({ rows: 0, columns: 2 })).toThrow(
    expect.objectContaining({ code: 'E_RANGE' }),
  );
});
