import { describe, expect, it } from 'vitest';
import { memoryOfTfjs, type TfjsWasmBackend } from './tfjs-wasm.ts';

/** As much of tfjs's backend as a kernel's memory is made of. */
function backendWith(memory: unknown, malloc: (bytes: number) => number = () => 8): TfjsWasmBackend {
  return { wasm: { asm: { memory }, _malloc: malloc, _free: () => undefined } } as unknown as TfjsWasmBackend;
}

describe('memoryOfTfjs', () => {
  it('is the memory that tfjs works in', () => {
    const memory = new WebAssembly.Memory({ initial: 1 });
    expect(memoryOfTfjs(backendWith(memory)).memory).toBe(memory);
  });

  it.each([undefined, {}, new ArrayBuffer(8)])('says so when tfjs hides its memory behind %o', (hidden) => {
    const hiding = expect.objectContaining({ code: 'E_BACKEND', message: expect.stringContaining('4.22.0') });
    expect(() => memoryOfTfjs(backendWith(hidden))).toThrow(hiding);
  });

  it('says so when tfjs runs its threaded build', () => {
    const shared = new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true });
    expect(() => memoryOfTfjs(backendWith(shared))).toThrow(
      expect.objectContaining({ code: 'E_BACKEND', message: expect.stringContaining('threaded build') }),
    );
  });

  it('reads pointers beyond 2 GiB, which malloc gives as negative numbers', () => {
    const { allocate } = memoryOfTfjs(backendWith(new WebAssembly.Memory({ initial: 1 }), () => -16));
    expect(allocate(1)).toBe(2 ** 32 - 16);
  });

  it('throws E_LIMIT when malloc has no room', () => {
    const { allocate } = memoryOfTfjs(backendWith(new WebAssembly.Memory({ initial: 1 }), () => 0));
    expect(() => allocate(1000)).toThrow(
      expect.objectContaining({ code: 'E_LIMIT', message: expect.stringContaining('1000 bytes') }),
    );
  });
});
