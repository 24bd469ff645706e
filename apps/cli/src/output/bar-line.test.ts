import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import { barLine } from './bar-line.ts';

const state = {
  epoch: 3,
  epochs: 16,
  progress: 0.5,
  loss: 154.1,
  imagesPerSecond: 6512.4,
  secondsLeft: 65.4,
};
const draw = (width: number, unicode = true) => stripVTControlCharacters(barLine(state, { width, unicode }));

test('a wide terminal shows all of it', () => {
  expect(draw(100)).toBe('epoch  3/16  ━━━━━━━━━━━━────────────  loss  154.10   6,512 images/s   1:05 left');
});

test('without Unicode the bar is ASCII', () => {
  expect(draw(100, false)).toContain('  ############------------  ');
});

test('the numbers of a run do not move', () => {
  const other = { ...state, epoch: 12, progress: 1, loss: 98.5, imagesPerSecond: 12_345, secondsLeft: 4 };
  const options = { width: 80, unicode: true };
  expect(stripVTControlCharacters(barLine(other, options))).toHaveLength(draw(80).length);
});

test('a narrow terminal loses the speed, then the bar, and never wraps', () => {
  expect(draw(55)).toMatch(/^epoch {2}3\/16 {2}[━─]{8,} {2}loss {2}154\.10 {3}1:05 left$/);
  expect(draw(37)).toBe('epoch  3/16  loss  154.10   1:05 left');
  for (let width = 1; width < 100; width++) expect(draw(width).length).toBeLessThanOrEqual(width);
});
