import { describe, expect, it } from 'vitest';
import { type BatchesOptions, batches, readBatches } from './batches.ts';

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
    for (const { x, indices, size } of batches(set, { batchSize: 4 })) {
      expect(x.shape).toEqual([size, 1, 2, 1]);
      expect(x.data).toHaveLength(size * 2);
      indices.forEach((index, i) => {
        expect(x.data[i * 2]).toBe(Math.fround(((index * 14) % 256) / 255));
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

  it('gives the same batches from the memory of two, where no more are kept', async () => {
    const options = { batchSize: 4, seed: 1, epoch: 3 };
    const source = {
      shape,
      count: COUNT,
      read: async (indices: Uint32Array) => ({
        size: indices.length,
        indices,
        x: {
          shape: [indices.length, 1, 2, 1],
          data: Uint8Array.from([...indices].flatMap((i) => [i * 14, i * 14 + 7])),
        },
      }),
    };
    for (const from of [set, source]) {
      const places = new Set<ArrayBufferLike>();
      const expected = [...batches(set, options)];
      let ahead = 0;
      let next: unknown;
      for (const read of readBatches(from, { ...options, keep: 2 })) {
        const [given, { x }] = [expected[ahead++]!, await read];
        if (next) expect(next).toEqual(expected[ahead - 2]!.x.data); // the one before is whole while this one is read
        expect(x).toEqual(given.x);
        next = x.data;
        places.add(x.data.buffer);
      }
      expect(ahead).toBe(5);
      expect(places.size).toBe(3); // two, and the small last one
    }
    expect(() => readBatches(set, { ...options, keep: 0 })).toThrow('keep must be at least 1, got 0');
  });

  it('drops the remainder when told to', () => {
    expect(indicesOf({ batchSize: 5, dropRemainder: true }).map((part) => part.length)).toEqual([5, 5, 5]);
  });

  it.each([
    [
      'counts',
      { shape, count: 3, images: new Float32Array(4) },
      'E_SHAPE',
      '3 images of 1 x 2 x 1 are 6 numbers, got 4',
    ],
    ['ranges', { shape, count: 1, images: Float32Array.of(0, 255) }, 'E_RANGE', 'got 255'],
    ['kinds', { shape, count: 1, images: [0, 1] as never }, 'E_USAGE', 'got Array'],
  ])('checks %s before the first batch', (_, wrong, code, message) => {
    expect(() => batches(wrong, { batchSize: 1 })).toThrow(
      expect.objectContaining({ code, message: expect.stringContaining(message) }),
    );
  });

  it('leaves floats of a range of their own as they are, when told so', () => {
    const own = { shape, count: 1, images: Float32Array.of(-0.47, 255) };
    const [batch] = batches(own, { batchSize: 1, range: 'own' });
    expect(batch!.x.data).toEqual(own.images);
    expect(() => batches(own, { batchSize: 1, range: 'own', binarize: 'fixed' })).toThrow('within [0, 1]');
  });

  it('gives each image its label', () => {
    const labels = Uint16Array.from({ length: COUNT }, (_, i) => 1000 + i);
    for (const batch of batches({ ...set, labels }, { batchSize: 4 })) {
      expect(batch.labels).toEqual(Uint16Array.from(batch.indices, (index) => 1000 + index));
    }
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
