import { expect, it } from 'vitest';
import { readResized } from '../testing/resized-fixture.ts';
import { fitImage } from './fit-image.ts';

const row = (...data: number[]) => ({
  width: data.length,
  height: 1,
  channels: 1,
  data: Uint8Array.from(data),
});
const LOOKS = { fit: 'crop', background: 'white' } as const;

it('gives an image of the size that is wanted as it is', () => {
  const picture = row(1, 2, 3);
  expect(fitImage(picture, { width: 3, height: 1 }, LOOKS)).toBe(picture);
});

it('crops the middle, as Pillow resizes that box', () => {
  const { from, to, data } = readResized().resizes.find(({ box }) => box?.[0] === 3)!;
  const got = fitImage({ ...from, data: Uint8Array.from(from.data) }, to, LOOKS);
  expect(Math.max(...data.map((value, i) => Math.abs(value - got.data[i]!)))).toBeLessThanOrEqual(1);
});

it('contains the whole within edges of the background', () => {
  const got = fitImage(row(10, 20, 30, 40), { width: 4, height: 3 }, { fit: 'pad', background: 'white' });
  expect([...got.data]).toEqual([255, 255, 255, 255, 10, 20, 30, 40, 255, 255, 255, 255]);
  const black = fitImage(row(10, 20, 30, 40), { width: 4, height: 3 }, { fit: 'pad', background: 'black' });
  expect([...black.data.subarray(0, 5)]).toEqual([0, 0, 0, 0, 10]);
});

it('stretches to any shape', () => {
  const got = fitImage(row(0, 100), { width: 4, height: 2 }, { fit: 'stretch', background: 'white' });
  expect([...got.data]).toEqual([0, 25, 75, 100, 0, 25, 75, 100]);
});

it('keeps at least a pixel of what is long and thin', () => {
  const got = fitImage(
    row(...new Array(1000).fill(9)),
    { width: 4, height: 4 },
    { fit: 'pad', background: 'black' },
  );
  expect([...got.data].filter((value) => value === 9)).toHaveLength(4);
});
