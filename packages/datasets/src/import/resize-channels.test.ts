import { expect, it } from 'vitest';
import { readResized } from '../testing/resized-fixture.ts';
import { resizeChannels } from './resize-channels.ts';

it.each(readResized().resizes)(
  'gives the pixels of Pillow, $from.width x $from.height to $to.width x $to.height',
  ({ from, to, box, data }) => {
    const [left, top, right, bottom] = box ?? [0, 0, from.width, from.height];
    const part = { left: left!, top: top!, width: right! - left!, height: bottom! - top! };
    const got = resizeChannels(from.data, from, to, part);
    expect(got).toHaveLength(data.length);
    // Pillow rounds to bytes after each of its two passes: half a grey level, and half of one more.
    expect(Math.max(...data.map((value, i) => Math.abs(value - got[i]!)))).toBeLessThanOrEqual(1);
  },
);

it('keeps what is of one colour, to the last bit, but for rounding of the weights', () => {
  const flat = new Uint8Array(17 * 23).fill(200);
  for (const value of resizeChannels(
    flat,
    { width: 17, height: 23, channels: 1 },
    { width: 5, height: 40 },
  )) {
    expect(value).toBeCloseTo(200, 11);
  }
});

it('leaves nothing out: every pixel of a row has its share in a smaller one', () => {
  for (let lit = 0; lit < 40; lit++) {
    const row = Float64Array.from({ length: 40 }, (_, i) => (i === lit ? 1 : 0));
    const small = resizeChannels(row, { width: 40, height: 1, channels: 1 }, { width: 4, height: 1 });
    expect(small.reduce((sum, value) => sum + value)).toBeGreaterThan(0.05); // 4 / 40, less at the edges
  }
});

it('has the values of the formula where an image of two pixels grows', () => {
  const grown = resizeChannels([0, 100], { width: 2, height: 1, channels: 1 }, { width: 4, height: 1 });
  expect([...grown]).toEqual([0, 25, 75, 100]); // centres at 0.25, 0.75, 1.25, 1.75 between those at 0.5 and 1.5
});
