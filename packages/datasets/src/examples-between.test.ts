import { expect, it } from 'vitest';
import { examplesBetween } from './examples-between.ts';
import { readExamples } from './read-examples.ts';

const shape = { height: 1, width: 2, channels: 1 };
const set = {
  ...{ shape, count: 4, images: Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8), labels: Uint8Array.of(9, 8, 7, 6) },
  factors: { names: ['x'], sizes: [4], values: Float32Array.of(0, 1, 2, 3) },
  labelled: { indices: Uint32Array.of(0, 2), share: 0.5 },
};

it('is a view of a set in memory, with all that belongs to its examples', () => {
  const part = examplesBetween(set, 1, 3);
  expect(part).toEqual({
    ...{ shape, count: 2, images: Uint8Array.of(3, 4, 5, 6), labels: Uint8Array.of(8, 7) },
    factors: { names: ['x'], sizes: [4], values: Float32Array.of(1, 2) },
    labelled: { indices: Uint32Array.of(1), share: 0.5 },
  });
  expect(part.images.buffer).toBe(set.images.buffer);
  expect(examplesBetween(set, 0, 4)).toBe(set);
});

it('reads of a source nothing before it is asked, and then its own examples', async () => {
  const asked: number[][] = [];
  const source = {
    ...{ shape, count: 4 },
    read(indices: Uint32Array) {
      asked.push([...indices]);
      const data = Uint8Array.from([...indices].flatMap((i) => [2 * i + 1, 2 * i + 2]));
      return { size: indices.length, indices, x: { shape: [indices.length, 1, 2, 1], data } };
    },
  };
  const part = examplesBetween(source, 1, 3);
  expect(asked).toEqual([]);
  expect((await readExamples(part)).images).toEqual(Uint8Array.of(3, 4, 5, 6));
  expect(asked).toEqual([[1, 2]]);
});

it('refuses bounds that are none', () => {
  expect(() => examplesBetween(set, 3, 2)).toThrow(expect.objectContaining({ code: 'E_RANGE' }));
  expect(() => examplesBetween(set, 0, 5)).toThrow(expect.objectContaining({ code: 'E_RANGE' }));
});
