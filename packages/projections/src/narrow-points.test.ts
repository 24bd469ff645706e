import { expect, it } from 'vitest';
import { narrowPoints } from './narrow-points.ts';
import { createPca } from './pca/create-pca.ts';

const table = (count: number, dimensions: number, number: (row: number, column: number) => number) => ({
  ...{ count, dimensions },
  data: Float64Array.from({ length: count * dimensions }, (_, at) =>
    number(Math.floor(at / dimensions), at % dimensions),
  ),
});

it('keeps what float32 would lose beside a large mean: seconds since 1970 beside a wave', async () => {
  const timed = table(100, 2, (row, column) => (column === 0 ? 1.7e9 + row : Math.sin(row)));
  const pca = await createPca(narrowPoints(timed), { components: 1 });
  await pca.run();
  // numpy.linalg.svd in float64: singular value / sqrt(99); of the rounded table it is 61.05
  expect(Math.sqrt(pca.explainedVariance[0]!)).toBeCloseTo(29.0115, 4);
});

it('leaves distinct rows distinct: two clouds that differ by 3 near 1e8', () => {
  const clouds = table(100, 6, (row, column) => 1e8 + 3 * (row % 2) + 0.2 * Math.sin(7 * row + column));
  const { data } = narrowPoints(clouds);
  for (let row = 2; row < 100; row++) {
    const [near, other] = [row % 2, 1 - (row % 2)];
    expect(Math.abs(data[6 * row]! - data[6 * near]!)).toBeLessThan(1);
    expect(Math.abs(data[6 * row]! - data[6 * other]!)).toBeGreaterThan(2);
  }
});

it('rounds all else as it is: numbers that float32 holds, and those about zero', () => {
  const exact = table(20, 3, (row, column) => 1e6 + row - column);
  expect(narrowPoints(exact).data).toEqual(Float32Array.from(exact.data));
  const centred = table(20, 3, (row, column) => Math.sin(row * (column + 1)));
  expect(narrowPoints(centred).data).toEqual(Float32Array.from(centred.data));
});

it('refuses what is no float64, or of another size', () => {
  const wide = table(4, 2, (row) => row);
  expect(() => narrowPoints({ ...wide, data: [1, 2] as never })).toThrow(
    expect.objectContaining({ code: 'E_USAGE' }),
  );
  expect(() => narrowPoints({ ...wide, count: 3 })).toThrow(expect.objectContaining({ code: 'E_SHAPE' }));
});
