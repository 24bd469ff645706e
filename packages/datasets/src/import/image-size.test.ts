import { expect, it } from 'vitest';
import { jsonFixture } from '../testing/fixture.ts';
import { readImageSize } from './image-size.ts';
import { type ImageFormat, recognizeFile } from './recognize-file.ts';

// Of 9 x 5 pixels, by Pillow: fixtures/make-pictures.py.
const pictures = Object.entries(jsonFixture<Record<ImageFormat, string[]>>('pictures.json')).flatMap(
  ([format, files]) =>
    files.map((file, i) => [format as ImageFormat, i, new Uint8Array(Buffer.from(file, 'base64'))] as const),
);

it.each(pictures)('reads format and size of %s image %i before it is decoded', (format, _, bytes) => {
  expect(recognizeFile(bytes).type).toBe(format);
  expect(readImageSize(bytes, format)).toEqual({ width: 9, height: 5 });
});

it.each(pictures)('says of %s image %i that it is cut off, or still reads its size', (format, _, bytes) => {
  for (let length = 0; length < bytes.length; length++) {
    try {
      expect(readImageSize(bytes.subarray(0, length), format)).toEqual({ width: 9, height: 5 });
    } catch (error) {
      expect(error).toMatchObject({ code: 'E_FORMAT', message: expect.stringContaining('it ') });
    }
  }
});

it('gives up on a JPEG without a frame, also one of fill bytes alone', () => {
  const noFrame = Uint8Array.of(0xff, 0xd8, 0xff, 0xd9);
  expect(() => readImageSize(noFrame, 'jpeg')).toThrow('does not say its size');
  expect(() => readImageSize(new Uint8Array(5000).fill(0xff), 'jpeg')).toThrow('cut off');
});
