import { describe, expect, it } from 'vitest';
import { allBut, takeImages } from './take-images.ts';

const shape = { height: 1, width: 2, channels: 1 };
const set = {
  shape,
  count: 3,
  images: Uint8Array.of(1, 2, 3, 4, 5, 6),
  labels: Uint8Array.of(7, 8, 9),
};

describe('takeImages', () => {
  it('copies images and labels in the order of the indices', () => {
    expect(takeImages(set, [2, 0, 2])).toEqual({
      shape,
      count: 3,
      images: Uint8Array.of(5, 6, 1, 2, 5, 6),
      labels: Uint8Array.of(9, 7, 9),
    });
  });

  it('keeps floats floats, and sets without labels without', () => {
    const floats = { shape, count: 1, images: Float32Array.of(0.5, 1) };
    expect(takeImages(floats, [0])).toEqual(floats);
  });

  it('names an index outside the set', () => {
    for (const index of [3, -1, 0.5]) {
      expect(() => takeImages(set, [0, index])).toThrow(`got ${index} at position 1`);
    }
  });
});

describe('allBut', () => {
  it.each([[[]], [[0]], [[9]], [[0, 1, 2]], [[2, 3, 7, 9]], [[0, 1, 2, 3, 4, 5, 6, 7, 8, 9]]])(
    'is the list without %j',
    (others) => {
      const places = allBut(10, Uint32Array.from(others));
      const all = Array.from({ length: places.length }, (_, place) => places.at(place));
      expect(all).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9].filter((index) => !others.includes(index)));
    },
  );
});
