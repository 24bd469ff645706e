import { expect, test } from 'vitest';
import { drawLatentGrid } from './draw-latent-grid.ts';

const shape = { height: 28, width: 28, channels: 1 };

test('15 x 15 images are one picture with labelled axes', () => {
  const images = new Float32Array(225 * 784).fill(0.5);
  const svg = drawLatentGrid({ images, shape, rows: 15, columns: 15, xLabel: 'first', yLabel: 'second' });
  expect(svg.match(/<image/g)).toHaveLength(1);
  for (const text of ['first', 'second', '−3', '0', '3']) expect(svg).toContain(`>${text}<`);
});

test('a traversal of one row has no vertical axis', () => {
  const svg = drawLatentGrid({
    images: new Uint8Array(7 * 784),
    shape,
    rows: 1,
    columns: 7,
    yLabel: 'second',
  });
  expect(svg).not.toContain('second');
});

test('a wrong number of images and endless ranges are refused', () => {
  const images = new Uint8Array(4 * 784);
  expect(() => drawLatentGrid({ images, shape, rows: 2, columns: 3 })).toThrow(
    'expected 2 x 3 images, got 4',
  );
  expect(() => drawLatentGrid({ images, shape, rows: 2, columns: 2, xRange: [0, Infinity] })).toThrow(
    expect.objectContaining({ code: 'E_NOT_FINITE' }),
  );
});
