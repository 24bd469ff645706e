import type { ImageSet } from '@latentkit/core';
import { expect, it } from 'vitest';
import { limitImages } from './limit-images.ts';
import { splitImages } from './split-images.ts';
import { takeImages } from './take-images.ts';

const set = { shape: { height: 1, width: 2, channels: 1 }, count: 3, images: new Uint8Array(6) };
const uses = {
  takeImages: (one: ImageSet) => takeImages(one, [0]),
  limitImages: (one: ImageSet) => limitImages(one, 2),
  splitImages: (one: ImageSet) => splitImages(one),
};

it.each(Object.entries(uses))('%s refuses what is no set, or one whose arrays do not fit', (where, use) => {
  for (const [change, code] of [
    [{ images: {} }, 'E_USAGE'],
    [{ images: [0, 1, 2, 3, 4, 5] }, 'E_USAGE'],
    [{ images: undefined }, 'E_USAGE'],
    [{ images: new Uint8Array(5) }, 'E_SHAPE'],
    [{ shape: { height: -1, width: 2, channels: 1 } }, 'E_SHAPE'],
    [{ shape: null }, 'E_USAGE'],
    [{ labels: {} }, 'E_USAGE'],
    [{ count: 1.5 }, 'E_RANGE'],
  ] as const) {
    const call = () => use({ ...set, ...change } as unknown as ImageSet);
    expect(call, JSON.stringify(change)).toThrow(
      expect.objectContaining({ code, message: expect.stringContaining(`${where}: `) }),
    );
  }
  expect(() => use(set)).not.toThrow();
});

it('lets a set without images be one', () => {
  const empty = { ...set, count: 0, images: new Uint8Array(0) };
  expect(takeImages(empty, []).count).toBe(0);
});
