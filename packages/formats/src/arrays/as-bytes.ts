import { LatentkitError } from '@latentkit/core';

/** A file's bytes as a parser reads them: an `ArrayBuffer`, what `response.arrayBuffer()` gives, is one's bytes. */
export function asBytes(where: string, input: Uint8Array | ArrayBufferLike): Uint8Array {
  const tag = Object.prototype.toString.call(input); // not instanceof: bytes may come from another realm
  if (tag === '[object Uint8Array]') return input as Uint8Array;
  if (tag === '[object ArrayBuffer]' || tag === '[object SharedArrayBuffer]') {
    return new Uint8Array(input as ArrayBufferLike);
  }
  throw new LatentkitError(
    'E_USAGE',
    `${where}: expected a Uint8Array or an ArrayBuffer, got ${tag.slice(8, -1)}`,
    {
      fix: 'Pass the bytes of the file.',
    },
  );
}
