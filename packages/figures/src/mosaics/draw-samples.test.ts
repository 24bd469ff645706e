import { expect, test } from 'vitest';
import { drawSamples } from './draw-samples.ts';

const size = (svg: string) =>
  /<image x="24" y="[\d.]+" width="([\d.]+)" height="([\d.]+)"/.exec(svg)!.slice(1).map(Number);

test('the grid is square where nothing is said', () => {
  const [width, height] = size(
    drawSamples({ images: new Uint8Array(64 * 28 * 28), shape: { height: 28, width: 28, channels: 1 } }),
  );
  expect(width).toBe(height);
});

test('images that are not square keep their aspect', () => {
  const images = new Float32Array(20 * 10 * 3);
  expect(size(drawSamples({ images, shape: { height: 20, width: 10, channels: 3 } }))).toEqual([55, 110]);
});

test('fewer images than columns make one short row', () => {
  const images = new Uint8Array(3 * 16);
  const shape = { height: 4, width: 4, channels: 1 };
  const [width, height] = size(drawSamples({ images, shape, columns: 8 }));
  expect(width! / height!).toBeCloseTo(3, 0);
});

test('bad columns are refused', () => {
  const shape = { height: 1, width: 1, channels: 1 };
  expect(() => drawSamples({ images: new Uint8Array(4), shape, columns: 0 })).toThrow(
    expect.objectContaining({ code: 'E_RANGE' }),
  );
});
