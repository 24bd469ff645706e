import { expect, test } from 'vitest';
import { fromArrays } from './from-arrays.ts';
import { holdOut } from './hold-out.ts';
import { trainOnAll } from './train-on-all.ts';

const shape = { height: 1, width: 2, channels: 1 };
const set = (images: number[], labels: number[]) => ({
  ...{ shape, count: labels.length, images: Uint8Array.from(images), labels: Uint8Array.from(labels) },
});

test('every image is learned from with its label, those to judge by stay, and that is said', () => {
  const validation = set([5, 6], [2]);
  const dataset = { name: 'mine', train: set([1, 2, 3, 4], [0, 1]), validation, test: validation };
  const all = trainOnAll(dataset);
  expect(all).toMatchObject({ name: 'mine', learnsFromJudges: true, validation });
  expect(all).not.toHaveProperty('test');
  expect(all.train).toMatchObject({ count: 3, images: Uint8Array.of(1, 2, 3, 4, 5, 6) });
  expect([...all.train.labels!]).toEqual([0, 1, 2]);
});

test('a test set of its own is learned from as well', () => {
  const held = holdOut(
    fromArrays(
      Uint8Array.from({ length: 20 }, (_, i) => i),
      shape,
    ),
    2,
  );
  const images = (of: typeof held) => [...of.train.images].sort((a, b) => a - b);
  expect(images(trainOnAll(held))).toEqual(Array.from({ length: 20 }, (_, i) => i));
});

test('sets of two shapes, or of bytes and floats, are refused', () => {
  const train = set([1, 2], [0]);
  const wide = { ...set([1, 2], [0]), shape: { height: 2, width: 1, channels: 1 } };
  expect(() => trainOnAll({ name: 'odd', train, validation: wide })).toThrow(
    'trainOnAll: expected images of 1 x 2 x 1, got 2 x 1 x 1',
  );
  const floats = { shape, count: 1, images: Float32Array.of(0, 1) };
  expect(() => trainOnAll({ name: 'odd', train, validation: floats })).toThrow(
    'one of bytes and one of floats',
  );
});
