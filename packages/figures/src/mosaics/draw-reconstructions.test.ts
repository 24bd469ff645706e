import { expect, test } from 'vitest';
import { drawReconstructions } from './draw-reconstructions.ts';

const shape = { height: 4, width: 4, channels: 1 };
const originals = Uint8Array.from({ length: 16 * 20 }, (_, i) => i % 256);
const reconstructions = Float32Array.from(originals, (one) => one / 255);

test.each([1, 10, 16, 20])('%d pairs are one embedded image and two labels', (count) => {
  const svg = drawReconstructions({ originals, reconstructions, shape, count });
  expect(svg.match(/<image/g)).toHaveLength(1);
  expect(svg).toContain('>original<');
  expect(svg).toContain('>reconstruction<');
});

test('ten are shown where nothing is said', () => {
  const images = { originals, reconstructions, shape };
  expect(drawReconstructions(images)).toBe(drawReconstructions({ ...images, count: 10 }));
});

test('bytes and floats of the same images give the same figure', () => {
  expect(drawReconstructions({ originals, reconstructions, shape })).toBe(
    drawReconstructions({ originals, reconstructions: originals, shape }),
  );
});

test('unequal numbers and impossible counts are refused', () => {
  const fewer = reconstructions.subarray(16);
  expect(() => drawReconstructions({ originals, reconstructions: fewer, shape })).toThrow(
    '20 originals but 19',
  );
  for (const count of [0, 21, 1.5]) {
    expect(() => drawReconstructions({ originals, reconstructions, shape, count })).toThrow(
      expect.objectContaining({ code: 'E_RANGE' }),
    );
  }
});
