import { describe, expect, it } from 'vitest';
import { limitImages } from './limit-images.ts';

const shape = { height: 1, width: 2, channels: 1 };
const set = { shape, count: 2, images: Uint8Array.of(1, 2, 3, 4), labels: Uint8Array.of(7, 8) };

describe('limitImages', () => {
  it('keeps the first images and their labels', () => {
    expect(limitImages(set, 1)).toEqual({
      shape,
      count: 1,
      images: Uint8Array.of(1, 2),
      labels: Uint8Array.of(7),
    });
  });

  it('gives a smaller set as it is', () => {
    expect(limitImages(set, 5)).toBe(set);
  });

  it('refuses a limit that leaves nothing', () => {
    expect(() => limitImages(set, 0)).toThrow(expect.objectContaining({ code: 'E_RANGE' }));
  });
});
