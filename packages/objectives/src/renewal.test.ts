import { type NamedArrays, Stream } from '@latentkit/core';
import { describe, expect, it } from 'vitest';
import { codebookRenewal } from './renewal.ts';
import { smallModel } from './testing/small.ts';

const SIZE = 4;
const model = smallModel({ kind: 'vq', latentDim: 2, codebook: { size: SIZE, revive: 0.1 } });
const renewal = codebookRenewal(model)!;
const address = { seed: 1, stream: Stream.revival };

const weightsOf = (counts: number[]): NamedArrays => ({
  'codebook.vectors': { shape: [SIZE, 2], data: Float32Array.of(0, 1, 2, 3, 4, 5, 6, 7) },
  'codebook.counts': { shape: [SIZE], data: Float32Array.from(counts) },
  'codebook.sums': { shape: [SIZE, 2], data: new Float32Array(2 * SIZE) },
});
/** Encodings of two batches: `[10, 11]`, `[0, 1]` (a code already), `[10, 11]` again, `[12, 13]`. */
const outputs = [
  [10, 11, 0, 1],
  [10, 11, 12, 13],
].map((data) => ({ encoded: { shape: [2, 2], data: Float32Array.from(data) } }));
const rowsOf = ({ 'codebook.vectors': book }: NamedArrays) =>
  [0, 1, 2, 3].map((row) => [...book!.data.subarray(2 * row, 2 * row + 2)].join());

describe('codes that nothing uses', () => {
  it('begin anew from encodings, no two from the same; the others stay', () => {
    const weights = weightsOf([1, 0.001, 3, 0]);
    expect(renewal.isDue(weights)).toBe(true);
    const renewed = renewal.renew(weights, outputs, address);
    const rows = rowsOf(renewed);
    expect([rows[0], rows[2]]).toEqual(['0,1', '4,5']);
    expect([rows[1], rows[3]].sort()).toEqual(['10,11', '12,13']);
    const mean = Math.fround(4.001 / 4);
    const counts = renewed['codebook.counts']!.data;
    expect([counts[0], counts[2]]).toEqual([1, 3]);
    expect(counts[1]).toBeCloseTo(mean, 6);
    for (const code of [1, 3]) {
      const [sum, vector] = ['sums', 'vectors'].map((name) => renewed[`codebook.${name}`]!.data[2 * code]!);
      expect(sum! / counts[code]!).toBeCloseTo(vector!, 5);
    }
  });

  it('are none once they have begun: renewing twice is renewing once', () => {
    expect(renewal.isDue(renewal.renew(weightsOf([1, 0.001, 3, 0]), outputs, address))).toBe(false);
  });

  it('are all of a codebook that was never used, as far as encodings go', () => {
    const rows = rowsOf(renewal.renew(weightsOf([0, 0, 0, 0]), outputs, address));
    expect(rows.filter((row) => ['10,11', '12,13'].includes(row))).toHaveLength(2);
    expect(new Set(rows).size).toBe(4);
  });

  it('depend on the address', () => {
    const many = [
      { encoded: { shape: [50, 2], data: Float32Array.from({ length: 100 }, (_, i) => 10 + i) } },
    ];
    const renew = (step: number) =>
      rowsOf(renewal.renew(weightsOf([0, 0, 0, 0]), many, { ...address, step }));
    expect(renew(1)).toEqual(renew(1));
    expect(renew(1)).not.toEqual(renew(2));
  });

  it('stay as they are where nobody wants them revived', () => {
    const never = codebookRenewal(smallModel({ kind: 'vq', codebook: { size: SIZE, revive: 0 } }))!;
    expect(never.isDue(weightsOf([1, 0, 0, 0]))).toBe(false);
    expect(never.isDue(weightsOf([0, 0, 0, 0]))).toBe(true);
  });
});
