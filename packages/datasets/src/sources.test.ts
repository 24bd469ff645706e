import type { Dataset, Examples, ImageSet, ImageSource } from '@latentkit/core';
import { describe, expect, it } from 'vitest';
import { fewerImages } from './fewer-images.ts';
import { holdOut } from './hold-out.ts';
import { limitDataset } from './limit-dataset.ts';
import { readExamples } from './read-examples.ts';
import { splitImages } from './split-images.ts';
import { takeImages } from './take-images.ts';
import { trainOnAll } from './train-on-all.ts';

const shape = { height: 1, width: 2, channels: 1 };

function setOf(count: number, labels?: (i: number) => number): ImageSet {
  return {
    ...{ shape, count, images: Uint8Array.from({ length: 2 * count }, (_, i) => i) },
    ...(labels && { labels: Uint8Array.from({ length: count }, (_, i) => labels(i)) }),
  };
}

/** The same, read where it lies; `later` after a turn. */
function sourceOf(set: ImageSet, { later = false, tells = true } = {}): ImageSource {
  return {
    ...{ shape, count: set.count, ...(tells && set.labels && { labels: set.labels }) },
    read(indices) {
      const { images, labels } = takeImages(set, indices);
      const batch = {
        ...{ size: indices.length, indices, x: { shape: [indices.length, 1, 2, 1], data: images } },
        ...(labels && { labels }),
      };
      return later ? Promise.resolve(batch) : batch;
    },
  };
}

/** What becomes of sets, whatever they are. */
const USES: Record<string, (dataset: Dataset<Examples>) => Examples[]> = {
  takeImages: ({ train }) => [takeImages(train, [7, 0, 7]), takeImages(takeImages(train, [9, 8, 7]), [2, 0])],
  fewerImages: ({ train }) => [fewerImages(train, 5), fewerImages(train, 100)],
  splitImages: ({ train }) => Object.values(splitImages(train, { validationFraction: 0.3, seed: 3 })),
  limitDataset: (dataset) => setsOf(limitDataset(dataset, 8)),
  holdOut: (dataset) => setsOf(holdOut(dataset, 4)),
  trainOnAll: (dataset) => [
    trainOnAll(dataset).train,
    takeImages(trainOnAll(dataset).train, [21, 0, 19, 20, 3]),
    takeImages(trainOnAll(dataset).train, [23, 22]),
  ],
};

function setsOf({ train, validation, test }: Dataset<Examples>): Examples[] {
  return [train, validation, ...(test ? [test] : [])];
}

describe.each([
  ['at once', {}],
  ['later', { later: true }],
  ['later, with its labels', { later: true, tells: false }],
])('a source that answers %s', (_, how) => {
  it.each(Object.entries(USES))('is the same as in memory after %s', async (_, use) => {
    // Labels that decide a split have to be known before anything is read.
    const label = 'tells' in how ? undefined : (i: number) => (i % 7) % 3;
    const [train, validation] = [setOf(20, label), setOf(4, label)];
    const expected = use({ name: 'x', train, validation });
    const got = use({ name: 'x', train: sourceOf(train, how), validation: sourceOf(validation, how) });
    expect(got.every((set) => 'read' in set)).toBe(true);
    expect(await Promise.all(got.map((set) => readExamples(set)))).toEqual(expected);
  });
});

it('is read at once where it answers at once, and its errors are its own', () => {
  const source = sourceOf(setOf(3));
  expect(readExamples(source, [2])).toEqual({ shape, count: 1, images: Uint8Array.of(4, 5) });
  expect(readExamples(source, [])).toEqual({ shape, count: 0, images: new Uint8Array(0) });
  expect(() => readExamples(source, [3])).toThrow(expect.objectContaining({ code: 'E_RANGE' }));
  const short = { ...source, read: () => source.read(Uint32Array.of(0)) };
  expect(() => readExamples(short, [0, 1])).toThrow('2 images of 1 x 2 x 1 were asked for');
});

it('a part of it knows no digest, which is of the whole', () => {
  const digest = { type: 'uint8', sha256: 'f'.repeat(64) } as const;
  const source = { ...sourceOf(setOf(3)), digest };
  expect(takeImages(source, [0])).not.toHaveProperty('digest');
  expect(fewerImages(source, 3)).toBe(source);
});
