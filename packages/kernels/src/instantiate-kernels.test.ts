import { afterEach, expect, it, vi } from 'vitest';
import { createKernelMemory } from './kernel-memory.ts';
import { createNnKernels } from './nn.ts';

afterEach(() => vi.restoreAllMocks());

it("names the remedy where a page's policy forbids WebAssembly", async () => {
  vi.spyOn(WebAssembly, 'instantiate').mockRejectedValue(new WebAssembly.CompileError('refused by policy'));
  await expect(createNnKernels(createKernelMemory())).rejects.toThrow(
    expect.objectContaining({
      code: 'E_BACKEND',
      message: expect.stringMatching(/refused by policy.*'wasm-unsafe-eval'/),
    }),
  );
});
