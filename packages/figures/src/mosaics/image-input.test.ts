import { expect, test } from 'vitest';
import { countImages, toBytes } from './image-input.ts';

const grey = { height: 2, width: 3, channels: 1 };

test('whole images are counted', () => {
  expect(countImages('f', new Uint8Array(12), grey)).toBe(2);
  expect(countImages('f', new Float32Array(18), { ...grey, channels: 3 })).toBe(1);
});

test.each([
  ['no images', 0, grey],
  ['a part of one', 7, grey],
  ['two channels', 12, { ...grey, channels: 2 }],
  ['an alpha channel', 24, { ...grey, channels: 4 }],
  ['no height', 6, { ...grey, height: 0 }],
  ['half a pixel', 6, { ...grey, width: 1.5 }],
])('%s is refused', (_, length, shape) => {
  expect(() => countImages('f', new Uint8Array(length), shape)).toThrow(
    expect.objectContaining({ code: 'E_SHAPE' }),
  );
});

test('floats are clamped and scaled, NaN is black, bytes stay', () => {
  expect([...toBytes(Float32Array.of(0, 0.5, 1, 2, -1, Number.NaN))]).toEqual([0, 128, 255, 255, 0, 0]);
  expect([...toBytes(Uint8Array.of(1, 2, 3), 2)]).toEqual([1, 2]);
});
