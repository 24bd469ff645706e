import { createHash } from 'node:crypto';
import type { NamedArrays } from '@latentkit/core';
import { expect, it } from 'vitest';
import { encodeSafetensors } from './encode-safetensors.ts';
import { fingerprintWeights } from './fingerprint-weights.ts';

const weights = { kernel: { shape: [1, 2], data: Float32Array.of(0.5, -2) } };

it("is the SHA-256 of the weights' file", async () => {
  const expected = createHash('sha256').update(encodeSafetensors(weights)).digest('hex');
  expect(await fingerprintWeights(weights)).toBe(expected);
});

it('tells one bit, a name and a shape', async () => {
  const others: NamedArrays[] = [
    { kernel: { shape: [1, 2], data: Float32Array.of(0.5, -2.0000002) } },
    { bias: weights.kernel },
    { kernel: { ...weights.kernel, shape: [2, 1] } },
  ];
  const all = await Promise.all([weights, ...others].map((one) => fingerprintWeights(one)));
  expect(new Set(all).size).toBe(4);
});

it('refuses what are no weights', async () => {
  expect(() => fingerprintWeights({ a: 3 } as never)).toThrow(expect.objectContaining({ code: 'E_USAGE' }));
});
