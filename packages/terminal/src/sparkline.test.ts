import { expect, test } from 'vitest';
import { sparkline } from './sparkline.ts';

test('each number is a block, the least the lowest, the greatest the highest', () => {
  expect(sparkline([0, 1, 2, 3, 4, 5, 6, 7], 8)).toBe('▁▂▃▄▅▆▇█');
  expect(sparkline([300, 200, 150, 120, 100], 8)).toBe('█▅▃▂▁');
});

test('more than there is room for are averaged with their neighbours', () => {
  expect(sparkline([9, 7, 5, 3, 2, 0], 3)).toBe(sparkline([8, 4, 1], 3));
  expect(sparkline([5, 4, 3, 2, 1, 0, 0], 3)).toHaveLength(3);
});

test('equal numbers are a floor, none are nothing, and no room is no line', () => {
  expect(sparkline([2, 2, 2], 8)).toBe('▁▁▁');
  expect(sparkline([], 8)).toBe('');
  expect(sparkline([1, 2], 0)).toBe('');
});
