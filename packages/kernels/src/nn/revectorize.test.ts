import { it } from 'vitest';
import { expectSameBits } from '../testing/expect-same-bits.ts';

// Enough calls for V8 to compile the loops with its optimizing compiler, which is the one that the flag changes.
const programOf = (arithmetic: 'strict' | 'fused') => `
  import { createHash } from 'node:crypto';
  import { createKernelMemory } from '@latentkit/kernels';
  import { createNnKernels, packedBytes, strict } from '@latentkit/kernels/nn';
  import { fused } from '@latentkit/kernels/nn-fused';
  const memory = createKernelMemory();
  const nn = await createNnKernels(memory, { arithmetic: ${arithmetic} });
  const [m, n, k] = [67, 130, 301];
  const put = (count) => {
    const pointer = memory.allocate(4 * count);
    new Float32Array(memory.memory.buffer, pointer, count).forEach((_, i, all) => { all[i] = Math.fround(1 / (i % 97 + 1)) - 0.1; });
    return pointer;
  };
  const [a, b, bias, c] = [put(m * k), put(k * n), put(n), put(m * n)];
  const sparse = put(m * k);
  const packed = memory.allocate(packedBytes(n, k));
  nn.packRight(n, k, { pointer: b, rowStride: n, columnStride: 1 }, packed);
  new Float32Array(memory.memory.buffer, sparse, m * k).forEach((x, i, all) => { all[i] = i % 5 ? 0 : x; });
  const geometry = {
    batch: 2, inHeight: 9, inWidth: 9, channels: 16, outHeight: 5, outWidth: 5, windowHeight: 3, windowWidth: 3,
    strideHeight: 2, strideWidth: 2, padTop: 1, padLeft: 1, dilationHeight: 1, dilationWidth: 1,
  };
  const [x, filter, y] = [put(2 * 81 * 16), put(9 * 16 * 33), put(2 * 25 * 33)];
  const [ys, xs, filters] = [put(2 * 25 * 33), put(2 * 81 * 16), put(9 * 16 * 33)];
  const hash = createHash('sha256');
  const add = (pointer, count) => hash.update(new Uint8Array(memory.memory.buffer, pointer, 4 * count));
  const epilogue = { bias, activation: 'leakyRelu', alpha: 0.2 };
  const view = (pointer, rowStride) => ({ pointer, rowStride, columnStride: 1 });
  for (const tile of ['narrow', 'wide']) {
    nn.setTile(tile);
    for (let i = 0; i < 100; i++) {
      for (const left of [a, sparse]) {
        nn.gemm(m, n, k, view(left, k), view(b, n), c, epilogue);
        if (i === 99) add(c, m * n);
        nn.gemmPacked(m, n, k, view(left, k), packed, c, epilogue);
        if (i === 99) add(c, m * n);
      }
      nn.convolve(geometry, 33, x, filter, ys, epilogue);
      nn.convolveBackpropInput(geometry, 33, y, filter, xs, epilogue);
      nn.convolveBackpropFilter(geometry, 33, x, y, filters);
      if (i % 20 === 0) await new Promise((resolve) => setTimeout(resolve));
    }
    for (const [pointer, count] of [[ys, 2 * 25 * 33], [xs, 2 * 81 * 16], [filters, 9 * 16 * 33]]) add(pointer, count);
  }
  process.stdout.write(hash.digest('hex'));`;

it.each(['strict', 'fused'] as const)(
  '%s sums have the same bits whether V8 widens SIMD or not, and by its baseline compiler',
  (arithmetic) => {
    expectSameBits(programOf(arithmetic));
  },
);
