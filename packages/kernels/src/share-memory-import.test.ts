import { expect, it } from 'vitest';
import { decodeBase64 } from './decode-base64.ts';
import { nnBinary } from './generated/nn-binary.ts';
import { shareMemoryImport } from './share-memory-import.ts';

const binary = decodeBase64(nnBinary);
const memory = (shared: boolean) => new WebAssembly.Memory({ initial: 1, maximum: 65536, shared });
const start = (bytes: BufferSource, shared: boolean) =>
  WebAssembly.instantiate(bytes, { env: { memory: memory(shared) } });

it('makes the kernels run in a memory that threads share, and in no other', async () => {
  const shared = shareMemoryImport(binary);
  await expect(start(shared, true)).resolves.toBeDefined();
  await expect(start(shared, false)).rejects.toThrow(WebAssembly.LinkError);
  await expect(start(binary, true)).rejects.toThrow(WebAssembly.LinkError);
});

it('changes nothing but the import', async () => {
  const exportsOf = async (bytes: BufferSource) =>
    WebAssembly.Module.exports(await WebAssembly.compile(bytes));
  const shared = shareMemoryImport(binary);
  expect(await exportsOf(shared)).toEqual(await exportsOf(binary));
  expect(shared.length).toBe(binary.length + 3);
});
