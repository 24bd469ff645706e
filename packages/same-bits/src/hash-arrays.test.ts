import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { hashArrays } from './hash-arrays.ts';

const sha256 = (hex: string) => createHash('sha256').update(Buffer.from(hex, 'hex')).digest('hex');
const arrays = {
  b: { shape: [2], data: Float32Array.of(1, -2) },
  a: { shape: [1], data: Float32Array.of(0.5) },
};
const [b, a] = ['62' + '0000803f' + '000000c0', '61' + '0000003f'];

it('hashes names and little-endian bytes, in the order of the parameters', async () => {
  expect(await hashArrays(arrays)).toEqual({
    hash: sha256(b + a),
    parameters: { b: sha256(b), a: sha256(a) },
  });
});

it('tells 0 from -0', async () => {
  const hashOf = async (x: number) =>
    (await hashArrays({ x: { shape: [1], data: Float32Array.of(x) } })).hash;
  expect(await hashOf(0)).not.toBe(await hashOf(-0));
});

it('refuses numbers that are not finite', async () => {
  await expect(hashArrays({ x: { shape: [1], data: Float32Array.of(Number.NaN) } })).rejects.toThrow("'x'");
});
