import { describe, expect, it } from 'vitest';
import { countBatches } from './count-batches.ts';

describe('countBatches', () => {
  it('counts the remainder as a batch unless told otherwise', () => {
    expect(countBatches(10, { batchSize: 4 })).toBe(3);
    expect(countBatches(10, { batchSize: 4, dropRemainder: true })).toBe(2);
    expect(countBatches(10, { batchSize: 5, dropRemainder: true })).toBe(2);
  });

  it('refuses batch sizes that cannot be', () => {
    for (const batchSize of [0, 11, 1.5, Number.NaN]) {
      expect(() => countBatches(10, { batchSize })).toThrow(
        expect.objectContaining({ code: 'E_RANGE', message: expect.stringContaining(`got ${batchSize}`) }),
      );
    }
  });
});
