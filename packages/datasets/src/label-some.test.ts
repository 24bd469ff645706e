import type { ImageSet } from '@latentkit/core';
import { describe, expect, it } from 'vitest';
import { batches } from './batches.ts';
import { labelSome } from './label-some.ts';
import { limitImages } from './limit-images.ts';
import { takeImages } from './take-images.ts';
import { trainOnAll } from './train-on-all.ts';

const shape = { height: 1, width: 1, channels: 1 };

/** Image `i` is the byte `i`, of class `i mod 3`; class 2 has 2 members alone. */
function setOf(count: number): ImageSet {
  const labels = Uint8Array.from({ length: count }, (_, i) => (i > 5 && i % 3 === 2 ? 0 : i % 3));
  return { shape, count, images: Uint8Array.from({ length: count }, (_, i) => i), labels };
}

const countsOf = ({ labels, labelled }: ReturnType<typeof labelSome>) => {
  const counts = [0, 0, 0];
  for (const index of labelled.indices) counts[labels![index]!]!++;
  return counts;
};

describe('labelSome', () => {
  it('labels as many of each class, and more of the others where one has no more', () => {
    expect(countsOf(labelSome(setOf(60), { labels: 6 }))).toEqual([2, 2, 2]);
    expect(countsOf(labelSome(setOf(60), { labels: 10 }))).toEqual([4, 4, 2]);
  });

  it('draws the same for a seed, others for another, and keeps those for more labels', () => {
    const of = (labels: number, seed: number) => [...labelSome(setOf(60), { labels, seed }).labelled.indices];
    expect(of(6, 1)).toEqual(of(6, 1));
    expect(of(6, 1)).not.toEqual(of(6, 2));
    expect(of(9, 1)).toEqual(expect.arrayContaining(of(6, 1)));
  });

  it.each([
    [
      { labels: 2 },
      'labels must be from 3, one of each class, to 60, as there are no more images, got 2. Take more',
    ],
    [{ labels: 61 }, 'got 61. Take fewer (dataset.labels of a config), or more images (--limit)'],
    [{ labels: 30, share: 0.25 }, 'share must be from 0.5'],
    [{ labels: 30, share: 1.5 }, 'share must be from 0.5'],
  ])('refuses %o', (options, message) => {
    expect(() => labelSome(setOf(60), options)).toThrow(message);
  });

  it('refuses images without labels', () => {
    const { labels: _, ...bare } = setOf(9);
    expect(() => labelSome(bare, { labels: 3 })).toThrow('no labels to keep some of');
  });

  it('is kept by what takes some of a set, and joins sets', () => {
    const set = labelSome(setOf(60), { labels: 6, seed: 3 });
    const [first, ...rest] = set.labelled.indices;
    const other = [...Array(60).keys()].find((i) => !set.labelled.indices.includes(i))!;
    expect([...takeImages(set, [other, rest[0]!, first!]).labelled!.indices]).toEqual([1, 2]);
    expect(takeImages(set, [other]).labelled).toEqual({ indices: new Uint32Array(0), share: 0 });
    expect([...limitImages(set, rest[1]! + 1).labelled!.indices]).toEqual([first, rest[0], rest[1]]);
    const joined = trainOnAll({ name: 'x', train: set, validation: setOf(9) });
    expect(joined.train.labelled).toEqual(set.labelled);
  });
});

describe('batches of a set that is labelled in part', () => {
  const set = labelSome(setOf(60), { labels: 6, share: 0.25 });
  const isLabelled = (value: number) => set.labelled.indices.includes(value);
  const own = { ...set, images: Float32Array.from(set.images) };
  const epochOf = (epoch: number, startBatch = 0) =>
    [...batches(own, { batchSize: 8, seed: 1, epoch, startBatch, range: 'own' })].map(({ x, labelled }) => ({
      values: [...x.data],
      labelled: [...labelled!],
    }));

  it('mix both parts by their share, and say which is which', () => {
    const epoch = epochOf(0);
    expect(epoch.map(({ values }) => values.length)).toEqual([8, 8, 8, 8, 8, 8, 8, 4]);
    for (const { values, labelled } of epoch) {
      expect(labelled).toEqual(values.map((value) => Number(isLabelled(value))));
      expect(labelled.filter(Boolean)).toHaveLength(values.length / 4);
    }
    const shown = epoch.flatMap(({ values }) => values);
    const others = shown.filter((value) => !isLabelled(value));
    expect(new Set(others).size).toBe(others.length); // once each
    for (const index of set.labelled.indices)
      expect(shown.filter((value) => value === index).length).toBeGreaterThan(1);
  });

  it('come in another order in each epoch, and go on where an epoch was left', () => {
    expect(epochOf(1)).not.toEqual(epochOf(0));
    expect(epochOf(1, 5)).toEqual(epochOf(1).slice(5));
  });

  it('keep the order of the set where they are not shuffled, every label known', () => {
    const [batch] = [...batches(own, { batchSize: 60, shuffle: false, range: 'own' })];
    expect([...batch!.x.data]).toEqual([...own.images]);
    expect(batch!.labelled).toBeUndefined();
  });
});
