import { encodeSafetensors } from '@latentkit/formats';
import { describe, expect, it } from 'vitest';
import { encodeShownImages, parseShownImages } from './shown-images.ts';

const shape = { height: 2, width: 3, channels: 1 };
const images = Uint8Array.from({ length: 12 }, (_, i) => 20 * i);

it('images come back as they were, with labels, their names and what they are', () => {
  const set = { shape, count: 2, images, labels: Uint32Array.of(1, 0) };
  const shown = { set, of: 'test images of shapes', learnedFrom: true, classNames: ['disc', '"square"'] };
  expect(parseShownImages(encodeShownImages(shown), 'images')).toEqual(shown);
});

it('floats come back as floats, and without labels there are none', () => {
  const set = { shape, count: 2, images: Float32Array.from(images, (value) => value / 255) };
  expect(parseShownImages(encodeShownImages({ set, of: 'images', learnedFrom: false }), 'images')).toEqual({
    set,
    of: 'images',
    learnedFrom: false,
  });
});

describe('other files are refused by name', () => {
  const four = { shape: [2, 2, 3, 1], data: images };
  it.each([
    ['what is no safetensors file', Uint8Array.of(1, 2, 3)],
    ['one without images', encodeSafetensors({ weights: four })],
    ['flat images', encodeSafetensors({ images: { shape: [12], data: images } })],
    ['images of 16 bits', encodeSafetensors({ images: { shape: [2, 2, 3, 1], data: new Int16Array(12) } })],
    [
      'labels of another count',
      encodeSafetensors({ images: four, labels: { shape: [1], data: new Uint32Array(1) } }),
    ],
    [
      'labels of another type',
      encodeSafetensors({ images: four, labels: { shape: [2], data: new Uint8Array(2) } }),
    ],
    ['names that are none', encodeSafetensors({ images: four }, { classNames: '[1, 2]' })],
    ['names that are no JSON', encodeSafetensors({ images: four }, { classNames: '[' })],
  ])('%s', (_, bytes) => {
    expect(() => parseShownImages(bytes, 'run/images.safetensors')).toThrow(
      expect.objectContaining({
        code: 'E_FORMAT',
        message: expect.stringMatching(/^run\/images\.safetensors: /),
      }),
    );
  });
});
