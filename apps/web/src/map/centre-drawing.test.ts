import { expect, it } from 'vitest';
import { centreDrawing } from './centre-drawing.ts';

const SIDE = 56;

function drawBox(left: number, top: number, width: number, height: number): Uint8Array {
  const ink = new Uint8Array(SIDE * SIDE);
  for (let y = top; y < top + height; y++) ink.fill(255, y * SIDE + left, y * SIDE + left + width);
  return ink;
}

it('is the same wherever and however large it was drawn', () => {
  const small = centreDrawing(drawBox(3, 5, 10, 20), SIDE, 28)!;
  const large = centreDrawing(drawBox(20, 12, 20, 40), SIDE, 28)!;
  const worst = Math.max(...small.map((value, i) => Math.abs(value - large[i]!)));
  expect(worst).toBeLessThanOrEqual(1);
});

it('fills 20 of 28 pixels along its longer side, around the middle', () => {
  const image = centreDrawing(drawBox(0, 0, 10, 20), SIDE, 28)!;
  const rows = Array.from({ length: 28 }, (_, y) =>
    image.subarray(28 * y, 28 * (y + 1)).some((value) => value > 127),
  );
  expect(rows.map((isInk, y) => (isInk ? y : -1)).filter((y) => y >= 0)).toEqual(
    Array.from({ length: 20 }, (_, i) => i + 4),
  );
  expect(image[14 * 28 + 14]).toBe(255);
  expect(image[14 * 28 + 8]).toBe(0);
});

it('is none where nothing was drawn', () => {
  expect(centreDrawing(new Uint8Array(SIDE * SIDE), SIDE, 28)).toBeUndefined();
});
