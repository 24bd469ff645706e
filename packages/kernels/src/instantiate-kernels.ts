import { LatentkitError } from '@latentkit/core';
import { decodeBase64 } from './decode-base64.ts';
import type { KernelMemory } from './kernel-memory.ts';
import { shareMemoryImport } from './share-memory-import.ts';

/** What assembly/nn/constants.ts exports, of families that have constants in memory. */
interface RoomExports {
  roomBytes?(): number;
  giveRoom?(pointer: number): void;
}

/**
 * What a family of kernels exports, compiled for a memory, shared or not. An instance keeps what room it needs for as long as the
 * memory is there.
 *
 * @throws `E_BACKEND` where the engine, or a page's content security policy, will not compile it.
 */
export async function instantiateKernels<Exports>(
  base64: string,
  { memory, allocate }: KernelMemory,
): Promise<Exports> {
  const binary = decodeBase64(base64);
  const isShared = !(memory.buffer instanceof ArrayBuffer);
  const bytes = isShared ? shareMemoryImport(binary) : binary;
  const { instance } = await WebAssembly.instantiate(bytes, { env: { memory } }).catch((cause: Error) => {
    throw new LatentkitError('E_BACKEND', `kernels: WebAssembly cannot be compiled here: ${cause.message}`, {
      fix: "On a page with a content security policy, add 'wasm-unsafe-eval' to script-src",
      cause,
    });
  });
  const { roomBytes, giveRoom } = instance.exports as RoomExports;
  if (roomBytes && giveRoom) giveRoom(allocate(roomBytes()));
  return instance.exports as Exports;
}
