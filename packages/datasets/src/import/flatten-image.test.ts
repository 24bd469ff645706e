import { expect, it } from 'vitest';
import { readResized } from '../testing/resized-fixture.ts';
import { flattenImage, toGrey, toRgb, withoutColor } from './flatten-image.ts';

const { grey, alpha } = readResized();

it('makes the grey of Pillow, byte for byte', () => {
  const data = Uint8Array.from(grey.colors);
  const picture = { width: data.length / 3, height: 1, channels: 3, data };
  expect([...toGrey(picture).data]).toEqual(grey.grey);
});

it.each(['white', 'black'] as const)(
  'lays transparent pixels on %s as Pillow does, byte for byte',
  (background) => {
    const image = { width: 300, height: 1, channels: 4, data: Uint8ClampedArray.from(alpha.pixels) };
    const { picture, wasTransparent } = flattenImage(image, background);
    expect([picture.channels, [...picture.data]]).toEqual([3, alpha[background]]);
    expect(wasTransparent).toBe(true);
  },
);

it('leaves what is opaque as it is, grey or in colour', () => {
  const opaque = { width: 2, height: 1, channels: 2, data: Uint8Array.of(7, 255, 9, 255) };
  const { picture, wasTransparent } = flattenImage(opaque, 'white');
  expect([picture.channels, [...picture.data], wasTransparent]).toEqual([1, [7, 9], false]);
});

it('takes colour from what has none, and back', () => {
  const picture = { width: 2, height: 1, channels: 1, data: Uint8Array.of(3, 250) };
  expect(toRgb(picture).data).toEqual(Uint8Array.of(3, 3, 3, 250, 250, 250));
  expect(withoutColor(toRgb(picture))).toEqual(picture);
  const red = { width: 1, height: 1, channels: 3, data: Uint8Array.of(9, 0, 0) };
  expect(withoutColor(red)).toBe(red);
});

it.each([
  [undefined, 'no bytes for undefined x undefined'],
  [{ width: 2, height: 2, channels: 4, data: new Uint8Array(15) }, '15 bytes for 2 x 2 pixels of 4 channels'],
  [{ width: 1, height: 1, channels: 5, data: new Uint8Array(5) }, '5 channels'],
])('refuses what is no decoded image: %o', (image, message) => {
  expect(() => flattenImage(image as never, 'white')).toThrow(message);
});
