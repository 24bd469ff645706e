import { expect, it } from 'vitest';
import { classMix, codeAt, meanCode, meanImage, nearestCodes, placesOf, quantileCodes } from './codes.ts';
import { lanesOf } from './lanes.ts';

const codes = Float32Array.of(0, 1, 2, 3, 4, 5, -1, 0, 1);

it('puts a place of the plane into all dimensions, and back', () => {
  const plane = { axes: [2, 0], origin: [9, 7, 9] };
  expect([...codeAt(plane, 1, 2)]).toEqual([2, 7, 1]);
  const { x, y } = placesOf(codes, { latentDim: 3 }, plane);
  expect([...x]).toEqual([2, 5, 1]);
  expect([...y]).toEqual([0, 3, -1]);
});

it('lies in lanes above its axis where there is one dimension', () => {
  const plane = { axes: [0], origin: [0] };
  expect([...codeAt(plane, 3, 2)]).toEqual([3]);
  const labels = Uint8Array.of(1, 0);
  const { x, y } = placesOf(Float32Array.of(1, 2), { latentDim: 1, labels }, plane);
  expect([...x]).toEqual([1, 2]);
  expect([...y]).toEqual([...lanesOf(x, labels)]);
});

it('finds the nearest rows, and what they are on the whole', () => {
  expect(nearestCodes(codes, Float32Array.of(0, 1, 1.9), 2)).toEqual([0, 2]);
  expect([...meanCode(codes, 3, [0, 1])]).toEqual([1.5, 2.5, 3.5]);
  expect([...meanImage(Uint8Array.of(0, 10, 20, 30), 2)]).toEqual([10, 20]);
  expect(classMix([0, 1, 2], Uint8Array.of(3, 1, 3))).toEqual([
    { label: 3, count: 2 },
    { label: 1, count: 1 },
  ]);
});

it('is as far apart as the prior is dense', () => {
  const codes = quantileCodes({ axes: [0, 1], origin: [0, 0] }, 3);
  // Quantiles of 1/6, 1/2 and 5/6 of the standard normal (scipy.stats.norm.ppf).
  const q = 0.9674215661017014;
  const expected = [-q, q, 0, q, q, q, -q, 0, 0, 0, q, 0, -q, -q, 0, -q, q, -q];
  for (const [i, value] of expected.entries()) expect(codes[i]).toBeCloseTo(value, 6);
});
