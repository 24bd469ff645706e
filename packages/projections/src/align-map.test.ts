import { normalRows } from '@latentkit/core';
import { describe, expect, it } from 'vitest';
import { alignMap } from './align-map.ts';

const count = 40;
const planeOf = (data: Float32Array) => ({ data, count: data.length / 2, dimensions: 2 });
const reference = planeOf(normalRows(count, 2, { seed: 3, stream: 0 }));

/** `s R y + t`, the two columns of `s R` and `t` given. */
function moved(
  { data }: { data: Float32Array },
  [a, b, c, d]: readonly number[],
  [x, y]: readonly number[] = [0, 0],
): Float32Array {
  return data.map((_, at) => {
    const [u, v] = [data[at - (at % 2)]!, data[at - (at % 2) + 1]!];
    return at % 2 ? c! * u + d! * v + y! : a! * u + b! * v + x!;
  });
}
const distance = (a: Float32Array, b: Float32Array) =>
  a.reduce((sum, value, i) => sum + (value - b[i]!) ** 2, 0);

describe('alignMap', () => {
  it.each([
    ['turned', [Math.cos(2), -Math.sin(2), Math.sin(2), Math.cos(2)]],
    ['mirrored', [Math.cos(0.4), Math.sin(0.4), Math.sin(0.4), -Math.cos(0.4)]],
    ['a thousand times as large', [1000, 0, 0, 1000]],
    ['turned half around, and far smaller', [-1e-3, 0, 0, -1e-3]],
  ] as const)('lays a map that was %s, and moved, back where it was', (_, matrix) => {
    const map = planeOf(moved(reference, matrix, [5, -7]));
    const back = alignMap(map, reference);
    for (const [i, value] of back.entries()) expect(value).toBeCloseTo(reference.data[i]!, 3);
  });

  it('is the nearest of all similarities: any that is a little other is farther away', () => {
    const noise = normalRows(count, 2, { seed: 4, stream: 0 });
    const turned = moved(reference, [0.3, -0.8, 0.8, 0.3], [2, 1]);
    const map = planeOf(turned.map((value, i) => value + 0.4 * noise[i]!));
    const best = alignMap(map, reference);
    const least = distance(best, reference.data);
    const epsilon = 0.01;
    for (const sign of [-1, 1]) {
      const e = sign * epsilon;
      const [cosine, sine] = [Math.cos(e), Math.sin(e)];
      const others = [
        moved(planeOf(best), [cosine, -sine, sine, cosine]),
        moved(planeOf(best), [1 + e, 0, 0, 1 + e]),
        moved(planeOf(best), [1, 0, 0, 1], [e, 0]),
        moved(planeOf(best), [1, 0, 0, 1], [0, e]),
      ];
      for (const other of others) expect(distance(other, reference.data)).toBeGreaterThan(least);
    }
    // The residual in closed form, 1 - (s1 + s2)^2 / (|x|^2 |y|^2) of |x|^2 by the singular values of y'x: Schönemann and Carroll 1970.
    const [x, y] = [centred(reference.data), centred(map.data)];
    const sum = (of: (i: number) => number) =>
      Array.from({ length: count }, (_, i) => of(i)).reduce((a, b) => a + b, 0);
    const [a, b, c, d] = [
      sum((i) => y[2 * i]! * x[2 * i]!),
      sum((i) => y[2 * i]! * x[2 * i + 1]!),
      sum((i) => y[2 * i + 1]! * x[2 * i]!),
      sum((i) => y[2 * i + 1]! * x[2 * i + 1]!),
    ] as const;
    const singular = Math.sqrt(a * a + b * b + c * c + d * d + 2 * Math.abs(a * d - b * c));
    const squares = (of: Float64Array) => of.reduce((total, value) => total + value * value, 0);
    expect(least).toBeCloseTo(squares(x) - singular ** 2 / squares(y), 4);
  });

  it('moves a map of one place, and refuses what is no other map of the same points', () => {
    const still = alignMap(planeOf(new Float32Array(2 * count).fill(3)), reference);
    const middle = alignMap(reference, reference);
    expect(still.every(Number.isFinite)).toBe(true);
    expect(still[0]).toBeCloseTo(middle.filter((_, i) => i % 2 === 0).reduce((a, b) => a + b, 0) / count, 5);
    expect(() => alignMap(planeOf(new Float32Array(4)), reference)).toThrow('must have the 2 points');
    expect(() => alignMap({ data: new Float32Array(120), count, dimensions: 3 }, reference)).toThrow(
      'expected a map of [count, 2], got 3 dimensions',
    );
    expect(() => alignMap(planeOf(new Float32Array(2 * count).fill(Number.NaN)), reference)).toThrow('row 0');
  });
});

function centred(data: Float32Array): Float64Array {
  const mean = [0, 1].map((axis) => data.reduce((sum, v, i) => sum + (i % 2 === axis ? v : 0), 0) / count);
  return Float64Array.from(data, (value, i) => value - mean[i % 2]!);
}
