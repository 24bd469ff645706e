import { expect, it } from 'vitest';
import { pixelsToFloats, spreadPixels } from './pixel-floats.ts';

it('bytes are v / 255 in float32, each of the 256', () => {
  const bytes = Uint8Array.from({ length: 256 }, (_, i) => i);
  expect(pixelsToFloats(bytes)).toEqual(Float32Array.from(bytes, (v) => v / 255));
});

it('as many as there are, whatever their number', () => {
  for (let length = 0; length < 13; length++) {
    const bytes = Uint8Array.from({ length }, (_, i) => 255 - 17 * i);
    expect(pixelsToFloats(bytes)).toEqual(Float32Array.from(bytes, (v) => v / 255));
  }
});

it('floats stay as they are, in memory of their own or where they are wanted', () => {
  const floats = Float32Array.of(-3, 0.1, 1e9);
  const copy = pixelsToFloats(floats);
  expect(copy).toEqual(floats);
  expect(copy).not.toBe(floats);
  const out = new Float32Array(5);
  pixelsToFloats(Uint8Array.of(255, 0), out.subarray(3));
  expect(out).toEqual(Float32Array.of(0, 0, 0, 1, 0));
});

it('are spread over another range after they were rounded, as training has it', () => {
  const unit = Float32Array.from({ length: 256 }, (_, i) => i / 255);
  expect(spreadPixels(unit.slice(), [-1, 1])).toEqual(unit.map((x) => x * 2 - 1));
  expect(spreadPixels(unit.slice(), [0, 1])).toEqual(unit);
});
