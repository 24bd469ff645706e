import { expectClose } from '@latentkit/testing';
import { expect, it } from 'vitest';
import { chooseLatentPlane, rankLatentAxes } from './latent-plane.ts';

const code = (mean: number[], logVar?: number[]) => ({
  mean: Float32Array.from(mean),
  ...(logVar && { logVar: Float32Array.from(logVar) }),
});

it("takes a VAE's two dimensions of largest KL, in the order of their indices, over the prior", () => {
  // KL of N(m, e^l): (m^2 + e^l - 1 - l) / 2, mean over two images: 0, 1.25, 0.18, 8
  const codes = code([0, 1, 0, 4, 0, 2, 0, -4], [0, 0, -0.5, 0, 0, 0, 0.5, 0]);
  expect(chooseLatentPlane(codes, 4)).toEqual({
    axes: [1, 3],
    ranges: [
      [-3, 3],
      [-3, 3],
    ],
    origin: [0, 0, 0, 0],
  });
});

it('ranks the dimensions by their KL, those without a prior by their variance', () => {
  const codes = code([0, 1, 0, 4, 0, 2, 0, -4], [0, 0, -0.5, 0, 0, 0, 0.5, 0]);
  expect(rankLatentAxes(codes, 4).map(({ dimension }) => dimension)).toEqual([3, 1, 2, 0]);
  expect(rankLatentAxes(codes, 4)[1]).toEqual({ dimension: 1, weight: 1.25, range: [-3, 3] });
  expect(rankLatentAxes(code([0, 1, 2, 5]), 2)).toEqual([
    { dimension: 1, weight: 4, range: [1, 5] },
    { dimension: 0, weight: 1, range: [0, 2] },
  ]);
});

it('counts a narrow posterior as information, though its mean is 0', () => {
  const codes = code([0, 0.1, 0, 0, 0.1, 0], [-4, 0, -2, -4, 0, -2]);
  expect(chooseLatentPlane(codes, 3).axes).toEqual([0, 2]);
});

it('takes the first of equal dimensions', () => {
  expect(chooseLatentPlane(code([1, 1, 1], [0, 0, 0]), 3).axes).toEqual([0, 1]);
});

it("takes a plain autoencoder's two dimensions of largest variance, over the range of its codes, through their mean", () => {
  const { axes, ranges, origin } = chooseLatentPlane(code([0, 5, 1, 10, 5, 3, 20, 5, 2]), 3);
  expect(axes).toEqual([0, 2]);
  expect(ranges).toEqual([
    [0, 20],
    [1, 3],
  ]);
  expectClose(origin, [10, 5, 2]);
});

it('gives a dimension that never changes some room', () => {
  expect(chooseLatentPlane(code([0, 4, 1, 4]), 2).ranges).toEqual([
    [0, 1],
    [3.5, 4.5],
  ]);
});

it('has one axis where there is one dimension', () => {
  expect(chooseLatentPlane(code([1, 2], [0, 0]), 1)).toEqual({ axes: [0], ranges: [[-3, 3]], origin: [0] });
  expect(chooseLatentPlane(code([1, 2]), 1)).toEqual({ axes: [0], ranges: [[1, 2]], origin: [1.5] });
});
