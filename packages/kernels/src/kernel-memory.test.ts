import { describe, expect, it } from 'vitest';
import { createKernelMemory } from './kernel-memory.ts';
import { createNnKernels } from './nn/kernels.ts';

describe('createKernelMemory', () => {
  it('hands out blocks that do not overlap, aligned, and never at 0', () => {
    const memory = createKernelMemory();
    const sizes = [1, 15, 16, 17, 0, 0, 1000];
    const pointers = sizes.map((bytes) => memory.allocate(bytes));
    expect(pointers[0]).toBeGreaterThan(0);
    for (const [i, pointer] of pointers.entries()) {
      expect(pointer % 16).toBe(0);
      if (i > 0) expect(pointer).toBeGreaterThanOrEqual(pointers[i - 1]! + Math.max(1, sizes[i - 1]!));
    }
  });

  it('grows, and keeps what was written', () => {
    const memory = createKernelMemory();
    const first = memory.allocate(12);
    new Float32Array(memory.memory.buffer, first, 3).set([1, 2, 3]);
    const before = memory.memory.buffer.byteLength;
    const second = memory.allocate(5 * before);
    expect(memory.memory.buffer.byteLength).toBeGreaterThanOrEqual(second + 5 * before);
    expect([...new Float32Array(memory.memory.buffer, first, 3)]).toEqual([1, 2, 3]);
  });

  it('fills its limit to the last byte, and says E_LIMIT beyond', () => {
    const memory = createKernelMemory({ maxBytes: 3 * 65536 });
    const rest = memory.allocate(3 * 65536 - 16);
    expect(rest).toBe(16);
    expect(memory.memory.buffer.byteLength).toBe(3 * 65536);
    expect(() => memory.allocate(1)).toThrow(expect.objectContaining({ code: 'E_LIMIT' }));
    memory.free(rest);
    expect(memory.allocate(1)).toBe(16);
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, 2 ** 40])('has no room for %d bytes', (bytes) => {
    expect(() => createKernelMemory().allocate(bytes)).toThrow(expect.objectContaining({ code: 'E_LIMIT' }));
  });

  it('uses the room of the last block again at once', () => {
    const memory = createKernelMemory();
    memory.allocate(100);
    const scratch = memory.allocate(1000);
    memory.free(scratch);
    expect(memory.allocate(2000)).toBe(scratch);
  });

  it('uses the room of a block in the middle again when those after it are free', () => {
    const memory = createKernelMemory();
    const [a, b, c] = [memory.allocate(16), memory.allocate(16), memory.allocate(16)];
    memory.free(b!);
    expect(memory.allocate(16)).toBeGreaterThan(c!);
    memory.free(c! + 16);
    memory.free(c!);
    expect(memory.allocate(16)).toBe(b);
    expect(a).toBeLessThan(b!);
  });

  it('refuses to free what is not taken', () => {
    const memory = createKernelMemory();
    const pointer = memory.allocate(16);
    memory.allocate(16);
    memory.free(pointer);
    expect(() => memory.free(pointer)).toThrow(expect.objectContaining({ code: 'E_USAGE' }));
    expect(() => memory.free(12345)).toThrow(expect.objectContaining({ code: 'E_USAGE' }));
  });

  it('does not grow with the number of products while operands stay', async () => {
    const memory = createKernelMemory();
    const nn = await createNnKernels(memory);
    const operand = memory.allocate(4);
    const view = { pointer: operand, rowStride: 1, columnStride: 1 };
    nn.gemm(1, 1, 1, view, view, operand);
    const bytes = memory.memory.buffer.byteLength;
    for (let i = 0; i < 100; i++) nn.gemm(1, 1, 1, view, view, operand);
    expect(memory.memory.buffer.byteLength).toBe(bytes);
  });
});
