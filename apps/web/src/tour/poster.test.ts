import { expect, it } from 'vitest';
import { packPoster, unpackPoster } from './poster.ts';

const POSTER = {
  data: {
    type: 'data',
    shape: { height: 1, width: 2, channels: 1 },
    count: 2,
    latentDim: 2,
    hasNormalPrior: true,
    labels: Uint8Array.of(7, 255),
    originals: Uint8Array.of(0, 128),
  },
  pictures: {
    type: 'pictures',
    ...{ epoch: 10, batch: 0, isLast: false, milliseconds: 0 },
    means: Float32Array.of(-3.25, 0, 1 / 3, 7.9),
    kl: [2.5, 0.125],
    axes: [0, 1],
    ranges: [
      [-3, 3],
      [-3, 3],
    ],
    origin: [0, 0],
    reconstructions: Uint8Array.of(1, 2),
    samples: Uint8Array.of(200, 255),
  },
  loss: 131.5,
  fingerprint: 'a1b2',
} as const;

it('gives back what it was made of, codes to a 8192nd', () => {
  const { pictures, ...rest } = unpackPoster(JSON.parse(JSON.stringify(packPoster(POSTER))));
  const { means, ...others } = pictures;
  expect({ ...rest, pictures: others }).toEqual({
    ...POSTER,
    pictures: { ...POSTER.pictures, means: undefined },
  });
  for (const [i, value] of means.entries()) {
    expect(Math.abs(value - POSTER.pictures.means[i]!)).toBeLessThanOrEqual(1 / 8192);
  }
});

it('does not pretend that there are weights to look at it by', () => {
  const finished = { ...POSTER, pictures: { ...POSTER.pictures, isLast: true } };
  expect(unpackPoster(packPoster(finished)).pictures.isLast).toBe(false);
});
