import { expect, test } from 'vitest';
import { imageMosaic } from './image-mosaic.ts';

const shape = { height: 1, width: 2, channels: 1 };

test('pixels become squares, gaps and missing images are transparent', () => {
  const cell = { width: 4, height: 2, up: 2, down: 1 };
  const images = Uint8Array.of(1, 2, 3, 4, 5, 6);
  const { width, height, channels, data } = imageMosaic(images, {
    shape,
    columns: 2,
    rows: 2,
    cell,
    gapX: 1,
    gapY: 1,
  });
  const _ = 0;
  expect([width, height, channels]).toEqual([9, 5, 2]);
  expect([...data].filter((_, i) => i % 2 === 0)).toEqual(
    [
      [1, 1, 2, 2, _, 3, 3, 4, 4],
      [1, 1, 2, 2, _, 3, 3, 4, 4],
      [_, _, _, _, _, _, _, _, _],
      [5, 5, 6, 6, _, _, _, _, _],
      [5, 5, 6, 6, _, _, _, _, _],
    ].flat(),
  );
  const opacities = [...data].filter((_, i) => i % 2 === 1);
  expect(opacities).toEqual([...data].filter((_, i) => i % 2 === 0).map((grey) => (grey > 0 ? 255 : 0)));
});

test('reduced pixels are means, each channel its own', () => {
  const rgb = { height: 2, width: 2, channels: 3 };
  const images = Uint8Array.of(0, 0, 9, 10, 0, 9, 20, 0, 9, 30, 4, 9);
  const cell = { width: 1, height: 1, up: 1, down: 2 };
  const { data } = imageMosaic(images, { shape: rgb, columns: 1, rows: 1, cell, gapX: 0, gapY: 0 });
  expect([...data]).toEqual([15, 1, 9]);
});
