import { decodeBase64 } from './decode-base64.ts';
import type { KernelMemory } from './kernel-memory.ts';
import { shareMemoryImport } from './share-memory-import.ts';

/** What a family of kernels exports, compiled for a memory, shared or not. */
export async function instantiateKernels<Exports>(
  base64: string,
  { memory }: KernelMemory,
): Promise<Exports> {
  const binary = decodeBase64(base64);
  const isShared = !(memory.buffer instanceof ArrayBuffer);
  const { instance } = await WebAssembly.instantiate(isShared ? shareMemoryImport(binary) : binary, {
    env: { memory },
  });
  return instance.exports as Exports;
}
