import { expect, test } from 'vitest';
import { fitCell } from './fit-cell.ts';

test('small images are enlarged by a whole factor', () => {
  expect(fitCell({ height: 28, width: 28, channels: 1 }, 50, 50)).toEqual({
    width: 84,
    height: 84,
    up: 3,
    down: 1,
  });
});

test('large images are reduced by a whole factor', () => {
  expect(fitCell({ height: 200, width: 300, channels: 3 }, 50, 50)).toEqual({
    width: 100,
    height: 66,
    up: 1,
    down: 3,
  });
});

test('no image vanishes, however narrow', () => {
  expect(fitCell({ height: 1, width: 4000, channels: 1 }, 50, 50).height).toBe(1);
});

test('a cell without room is still a cell', () => {
  expect(fitCell({ height: 28, width: 28, channels: 1 }, -2, 50)).toEqual({
    width: 1,
    height: 1,
    up: 1,
    down: 28,
  });
});
