import { decode } from 'fast-png';
import { expect, test } from 'vitest';
import { mosaicImage } from './mosaic-image.ts';

test('the image carries its pixels unchanged, at half their number in CSS pixels', () => {
  const data = Uint8Array.of(0, 50, 100, 255);
  const image = mosaicImage({ width: 4, height: 1, channels: 1, data }, 3, 5);
  expect(image.attributes.get('width')).toBe('2');
  const href = image.attributes.get('href')!.replace('data:image/png;base64,', '');
  expect([...decode(Buffer.from(href, 'base64')).data]).toEqual([...data]);
});
