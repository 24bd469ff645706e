import { checkValue, type OptionRule } from '@latentkit/core/options';
import { sha256 } from '@noble/hashes/sha2.js';

const MOST_AT_ONCE = 2 ** 31 - 1; // bytes, of Web Crypto in Node and elsewhere

const partRule: OptionRule = {
  be: 'be a text or bytes',
  code: 'E_USAGE',
  fits: (value) => typeof value === 'string' || value instanceof Uint8Array,
};

/**
 * SHA-256 of parts, one behind the other, in lower-case hexadecimal; texts count as UTF-8.
 *
 * By Node's own where there is one, which takes parts as they come; by Web Crypto, which wants them in one piece; and in pages
 * without it, as on plain http, by a program several times as slow.
 *
 * @throws `E_USAGE` for a part that is neither.
 * @example
 * await sha256Hex('a', new TextEncoder().encode('bc')); // 'ba7816bf8f01cfea...'
 * @see FIPS 180-4
 */
export async function sha256Hex(...parts: readonly (string | Uint8Array)[]): Promise<string> {
  for (const part of parts) checkValue('sha256Hex', 'part', part, partRule);
  const node = globalThis.process?.getBuiltinModule?.('node:crypto');
  if (node) {
    const hash = node.createHash('sha256');
    for (const part of parts) hash.update(part);
    return hash.digest('hex');
  }
  const encoder = new TextEncoder();
  const bytes = parts.map((part) => (typeof part === 'string' ? encoder.encode(part) : part));
  const total = bytes.reduce((sum, { length }) => sum + length, 0);
  const subtle: SubtleCrypto | undefined = globalThis.crypto?.subtle;
  if (subtle === undefined || total > MOST_AT_ONCE) {
    const hash = sha256.create();
    for (const part of bytes) hash.update(part);
    return toHex(hash.digest());
  }
  return toHex(new Uint8Array(await subtle.digest('SHA-256', inOnePiece(bytes, total))));
}

/** Copied where it has to be: Web Crypto takes no memory that is shared. */
function inOnePiece(parts: readonly Uint8Array[], total: number): Uint8Array<ArrayBuffer> {
  const [first] = parts;
  if (parts.length === 1 && first!.buffer instanceof ArrayBuffer) return first as Uint8Array<ArrayBuffer>;
  const all = new Uint8Array(total);
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** Bytes in lower-case hexadecimal. */
export function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
