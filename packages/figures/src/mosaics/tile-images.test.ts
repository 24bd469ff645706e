import { decode } from 'fast-png';
import { describe, expect, it } from 'vitest';
import { encodePng, tileImages } from './tile-images.ts';

const shape = { height: 1, width: 2, channels: 1 };

describe('tileImages', () => {
  it('lays images row by row', () => {
    const images = Uint8Array.of(1, 2, 3, 4, 5, 6);
    expect(tileImages(images, { shape, columns: 2 })).toEqual({
      ...{ width: 4, height: 2, channels: 1 },
      data: Uint8Array.of(1, 2, 3, 4, 5, 6, 255, 255),
    });
  });

  it('leaves gaps that show through, and enlarges pixels to squares', () => {
    const { width, height, channels, data } = tileImages(Float32Array.of(0, 1, 0.5, 0), {
      shape,
      columns: 2,
      gap: 1,
      scale: 2,
    });
    expect({ width, height, channels }).toEqual({ width: 9, height: 2, channels: 2 });
    const row = [0, 255, 0, 255, 255, 255, 255, 255, 0, 0, 128, 255, 128, 255, 0, 255, 0, 255];
    expect([...data]).toEqual([...row, ...row]);
  });

  it('makes images smaller by means, and no smaller than a pixel', () => {
    const square = { height: 2, width: 2, channels: 1 };
    for (const shrink of [2, 9]) {
      const { width, height, data } = tileImages(Uint8Array.of(0, 10, 20, 30), { shape: square, shrink });
      expect({ width, height, data: [...data] }).toEqual({ width: 1, height: 1, data: [15] });
    }
  });

  it.each([
    [{ shape, columns: 0 }, 'E_RANGE'],
    [{ shape, colums: 2 }, 'E_CONFIG'],
    [{ shape: { ...shape, channels: 2 } }, 'E_SHAPE'],
    [{ shape: { ...shape, width: 5 } }, 'E_SHAPE'],
    [{}, 'E_USAGE'],
  ])('refuses %o', (options, code) => {
    expect(() => tileImages(new Uint8Array(4), options as never)).toThrow(expect.objectContaining({ code }));
  });
});

describe('encodePng', () => {
  it('is read back as the pixels it was', () => {
    const pixels = tileImages(Uint8Array.of(0, 9, 8, 7, 6, 5), { shape: { ...shape, channels: 3 } });
    const { width, height, channels, data } = decode(encodePng(pixels));
    expect({ width, height, channels, data: [...data] }).toEqual({ ...pixels, data: [...pixels.data] });
  });

  it.each([undefined, {}, { width: 2, height: 1, channels: 1, data: new Uint8Array(3) }])(
    'refuses %o',
    (pixels) => {
      expect(() => encodePng(pixels as never)).toThrow(expect.objectContaining({ code: 'E_SHAPE' }));
    },
  );
});
