import { describe, expect, it } from 'vitest';
import { type PenStroke, rasterize } from './rasterize.ts';

const SIDE = 28;
const draw = (strokes: readonly PenStroke[], softness = 1) => {
  const out = new Uint8Array(SIDE * SIDE).fill(99);
  rasterize(strokes, out, { side: SIDE, softness });
  return out;
};

/** The slow obvious way: every pixel against every segment. */
function drawSlowly(strokes: readonly PenStroke[], softness: number): Uint8Array {
  return Uint8Array.from({ length: SIDE * SIDE }, (_, pixel) => {
    const [px, py] = [pixel % SIDE, Math.floor(pixel / SIDE)];
    let most = Number.NEGATIVE_INFINITY;
    for (const { points, radii } of strokes) {
      for (let i = 2; i < points.length; i += 2) {
        const [x, y] = [points[i - 2]!, points[i - 1]!];
        const [dx, dy] = [points[i]! - x, points[i + 1]! - y];
        const along = ((px - x) * dx + (py - y) * dy) / (dx * dx + dy * dy || 1);
        const t = Math.min(Math.max(along, 0), 1);
        const radius = radii[i / 2 - 1]! * (1 - t) + radii[i / 2]! * t;
        most = Math.max(most, radius - Math.hypot(px - x - t * dx, py - y - t * dy));
      }
    }
    return Math.round(255 * Math.min(Math.max(0.5 + most / softness, 0), 1));
  });
}

const ZIGZAG: PenStroke[] = [
  { points: [4.2, 5.1, 9.7, 20.3, 15.5, 6.4, 15.5, 6.4, 24.9, 27.8], radii: [1, 1.7, 0.8, 0.8, 2.2] },
  { points: [-3, 14, 30, 12.5], radii: [0.6, 1.9] },
];

describe('rasterize', () => {
  it.each([0.5, 1, 1.5])(
    'agrees with the distance of every pixel to every segment, softness %d',
    (softness) => {
      const fast = draw(ZIGZAG, softness);
      const slow = drawSlowly(ZIGZAG, softness);
      for (let i = 0; i < fast.length; i++) expect(Math.abs(fast[i]! - slow[i]!)).toBeLessThanOrEqual(1);
    },
  );

  it('gives a straight stroke the ink of its area, length times width plus round ends', () => {
    const ink = draw([{ points: [13.3, 5, 13.3, 22], radii: [1.6, 1.6] }]).reduce(
      (sum, value) => sum + value,
      0,
    );
    const area = 17 * 3.2 + Math.PI * 1.6 * 1.6;
    expect(ink / 255 / area).toBeCloseTo(1, 1);
  });

  it('is full on the path of a pen wider than its edge and empty beyond its reach', () => {
    const out = draw([{ points: [5, 14, 22, 14], radii: [1.5, 1.5] }]);
    expect(out[14 * SIDE + 13]).toBe(255);
    expect(out[16 * SIDE + 13]).toBe(0);
  });

  it('wipes the image first', () => {
    expect(draw([])).toEqual(new Uint8Array(SIDE * SIDE));
  });
});
