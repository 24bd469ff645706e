import { describe, expect, it } from 'vitest';
import { type BatchesOptions, batches } from './batches.ts';

const shape = { height: 1, width: 2, channels: 1 };
const COUNT = 17;
const set = { shape, count: COUNT, images: Uint8Array.from({ length: COUNT * 2 }, (_, i) => i * 7) };
const indicesOf = (options: BatchesOptions) => [...batches(set, options)].map(({ indices }) => [...indices]);

describe('batches', () => {
  it.each([1, 2, 5, 16, 17])('shows every image once in batches of %i', (batchSize) => {
    const parts = indicesOf({ batchSize });
    expect(parts.flat().sort((a, b) => a - b)).toEqual([...Array(COUNT).keys()]);
    expect(parts.slice(0, -1).every((part) => part.length === batchSize)).toBe(true);
  });

  it('keeps each image with its index', () => {
    for (const { images, indices, size } of batches(set, { batchSize: 4 })) {
      expect(images).toHaveLength(size * 2);
      indices.forEach((index, i) => {
        expect(images[i * 2]).toBe(Math.fround(((index * 14) % 256) / 255));
      });
    }
  });

  it('has one order for each seed and epoch, whatever the batch size', () => {
    const order = (options: Partial<BatchesOptions>) => indicesOf({ batchSize: 4, ...options }).flat();
    expect(order({ seed: 1, epoch: 2 })).toEqual(order({ seed: 1, epoch: 2, batchSize: 5 }));
    expect(order({ seed: 1, epoch: 2 })).not.toEqual(order({ seed: 1, epoch: 3 }));
    expect(order({ seed: 1, epoch: 2 })).not.toEqual(order({ seed: 2, epoch: 2 }));
    expect(order({ shuffle: false })).toEqual([...Array(COUNT).keys()]);
  });

  it('carries on in the middle of an epoch with the very same batches, coins included', () => {
    const options = { batchSize: 4, seed: 1, epoch: 3, binarize: 'dynamic' } as const;
    const all = [...batches(set, options)];
    for (let startBatch = 0; startBatch <= all.length; startBatch++) {
      expect([...batches(set, { ...options, startBatch })]).toEqual(all.slice(startBatch));
    }
  });

  it('drops the remainder when told to', () => {
    expect(indicesOf({ batchSize: 5, dropRemainder: true }).map((part) => part.length)).toEqual([5, 5, 5]);
  });

  it.each([
    [{ batchSize: 18 }, '1 to the 17 images'],
    [{ batchSize: 4, startBatch: 6 }, 'startBatch must be a whole number from 0 to 5'],
    [{ batchSize: 4, epoch: -1 }, 'epoch must be'],
    [{ batchSize: 4, seed: 0.5 }, 'seed must be'],
  ])('refuses %o before the first batch is asked for', (options, message) => {
    expect(() => batches(set, options)).toThrow(
      expect.objectContaining({ code: 'E_RANGE', message: expect.stringContaining(message) }),
    );
  });
});
