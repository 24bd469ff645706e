import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import { type BarState, barLine } from './bar-line.ts';

const state: BarState = {
  ...{ epoch: 3, epochs: 16, progress: 0.5, loss: 154.1, losses: [300, 200] },
  terms: [
    ['reconstruction', 146.3],
    ['kl', 7.8],
  ],
  imagesPerSecond: 6512.4,
  secondsLeft: 65.4,
};
const draw = (
  width: number,
  { unicode = true, ...changed }: Partial<BarState> & { unicode?: boolean } = {},
) => stripVTControlCharacters(barLine({ ...state, ...changed }, { width, unicode }));

test('a wide terminal shows all of it, the curve of the losses last', () => {
  expect(draw(197)).toBe(
    'epoch  3/16  ━━━━━━━━━━━━────────────  loss  154.10  reconstruction  146.30  kl    7.80   6,512 images/s   1:05 left  █▁',
  );
  expect(draw(105)).toContain('  loss  154.10  reconstruction  146.30   6,512 images/s'); // terms go from the last
});

test('one of 80 columns shows bar, loss, speed, time left and the curve', () => {
  expect(draw(77)).toBe('epoch  3/16  ━━━━━━─────  loss  154.10   6,512 images/s   1:05 left  █▁');
  expect(draw(77, { losses: [9, 8, 7, 6, 5, 4, 3, 2, 1, 0] }).slice(-10)).toBe('  █▇▆▅▄▃▂▁');
});

test('one of 40 columns says where the run stands, its loss and the time left', () => {
  expect(draw(37)).toBe('epoch  3/16  loss  154.10   1:05 left');
});

test('without Unicode the bar is ASCII, and there is no curve', () => {
  const line = draw(197, { unicode: false });
  expect(line).toContain('  ############------------  ');
  expect(line).toMatch(/left$/);
});

test('a run of one epoch keeps no room for a curve, and one epoch alone draws none', () => {
  expect(draw(100, { losses: [300] })).toMatch(/left$/);
  expect(draw(75, { epochs: 1, losses: [] })).toMatch(/^epoch 3\/1 {2}[━─]{21} /);
});

test('the numbers of a run do not move', () => {
  const later: Partial<BarState> = {
    ...{ epoch: 12, progress: 1, loss: 98.5, imagesPerSecond: 12_345, secondsLeft: 4 },
    losses: Array.from({ length: 11 }, (_, i) => 300 - i),
  };
  for (const width of [37, 55, 77, 100, 117, 197]) {
    expect(draw(width, later).indexOf('loss')).toBe(draw(width).indexOf('loss'));
    expect(draw(width, later).indexOf(' left')).toBe(draw(width).indexOf(' left'));
  }
});

test('a narrower one loses the speed, then the bar, and no line wraps', () => {
  expect(draw(57)).toMatch(/^epoch {2}3\/16 {2}[━─]{8} {2}loss {2}154\.10 {3}1:05 left {2}█▁$/);
  for (let width = 1; width < 200; width++) expect(draw(width).length).toBeLessThanOrEqual(width);
});
