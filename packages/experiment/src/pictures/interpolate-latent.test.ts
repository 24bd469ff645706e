import { startWasmBackend } from '@latentkit/backend';
import { createModel, createTrainedModel } from '@latentkit/models';
import { describe, expect, it } from 'vitest';
import { tinyDataset, tinySpec } from '../testing/tiny-run.ts';
import { interpolateCodes, interpolateLatent } from './interpolate-latent.ts';

const rowsOf = (codes: Float32Array, size: number) =>
  Array.from({ length: codes.length / size }, (_, i) => [...codes.subarray(i * size, (i + 1) * size)]);
const dot = (a: readonly number[], b: readonly number[]) => a.reduce((sum, one, i) => sum + one * b[i]!, 0);
const lengthOf = (a: readonly number[]) => Math.sqrt(dot(a, a));

const A = Float32Array.of(0.6, 0.8, 0);
const B = Float32Array.of(0, -0.28, 0.96);

describe('codes between two codes', () => {
  it.each(['linear', 'spherical'] as const)('begin and end with them, bit for bit: %s', (method) => {
    const rows = rowsOf(interpolateCodes(A, B, { steps: 7, method }), 3);
    expect([rows[0], rows[6]]).toEqual([[...A], [...B]]);
  });

  it('are evenly spaced on the straight line', () => {
    const codes = interpolateCodes(Float32Array.of(0, 4), Float32Array.of(2, -4), { steps: 5 });
    expect(rowsOf(codes, 2)).toEqual([
      [0, 4],
      [0.5, 2],
      [1, 0],
      [1.5, -2],
      [2, -4],
    ]);
  });

  it('keep the length of unit vectors spherically, and turn by t times the whole angle', () => {
    const whole = Math.acos(dot([...A], [...B]));
    const rows = rowsOf(interpolateCodes(A, B, { steps: 9, method: 'spherical' }), 3);
    rows.forEach((row, i) => {
      expect(lengthOf(row)).toBeCloseTo(1, 6);
      expect(Math.acos(Math.min(1, dot(row, [...A]) / lengthOf(row)))).toBeCloseTo((i / 8) * whole, 3);
    });
  });

  it('have lengths between those of the ends, evenly', () => {
    const rows = rowsOf(
      interpolateCodes(Float32Array.of(1, 0), Float32Array.of(0, 3), { steps: 5, method: 'spherical' }),
      2,
    );
    for (const [i, row] of rows.entries()) expect(lengthOf(row)).toBeCloseTo(1 + i / 2, 6);
    expect(rows[2]).toEqual([expect.closeTo(Math.SQRT2, 6), expect.closeTo(Math.SQRT2, 6)]);
  });

  it.each([
    ['a code without a direction', [0, 0], [3, 4]],
    ['codes of one direction', [1, 2], [2, 4]],
    ['equal codes', [1, 2], [1, 2]],
  ])('of %s are the straight line spherically, too', (_, from, to) => {
    const [a, b] = [Float32Array.from(from), Float32Array.from(to)];
    expect(interpolateCodes(a, b, { steps: 5, method: 'spherical' })).toEqual(
      interpolateCodes(a, b, { steps: 5 }),
    );
  });

  it('of opposite codes are refused spherically', () => {
    const [a, b] = [Float32Array.of(1, 2), Float32Array.of(-2, -4)];
    expect(() => interpolateCodes(a, b, { steps: 5, method: 'spherical' })).toThrow(
      'the codes point in opposite directions, and all ways around are equally long',
    );
    expect(rowsOf(interpolateCodes(a, b, { steps: 5 }), 2)[2]).toEqual([-0.5, -1]);
  });

  it('of different lengths, of no numbers, and fewer than two are refused', () => {
    expect(() => interpolateCodes(A, Float32Array.of(1), { steps: 3 })).toThrow('got 3 and 1 numbers');
    expect(() => interpolateCodes(A, Float32Array.of(1, Number.NaN, 0), { steps: 3 })).toThrow('hold NaN');
    expect(() => interpolateCodes(A, B, { steps: 1 })).toThrow('steps must be a whole number from 2');
  });
});

it('the picture is of the decoded codes, between the images that they are of', async () => {
  await startWasmBackend();
  const model = createTrainedModel(tinySpec(), createModel(tinySpec()).initialize(3));
  const two = tinyDataset().validation.images.subarray(0, 2 * 784);
  const { mean } = model.encode(two);
  const [from, to] = [mean.subarray(0, 2), mean.subarray(2)];
  const ends = Float32Array.from(two, (byte) => byte / 255);
  const made = await interpolateLatent(model, from, to, { steps: 5, ends, endNames: ['image 0', 'image 1'] });
  expect(made.latent).toEqual(interpolateCodes(from, to, { steps: 5 }));
  expect(made.images).toEqual(model.decode(made.latent));
  expect(made.at).toEqual([0, 0.25, 0.5, 0.75, 1]);
  expect(made.svg.match(/<image/g)).toHaveLength(3);
  for (const text of ['image 0', '0.25', '1', 'image 1']) expect(made.svg).toContain(`>${text}<`);
  await expect(interpolateLatent(model, mean.subarray(0, 1), to)).rejects.toThrow(
    'expected a code to go from of 2 numbers each, got 1',
  );
});
