import { md5 } from '@noble/hashes/legacy.js';
import { sha256 } from '@noble/hashes/sha2.js';

/** What datasets are published with; MD5 guards against accidents, not against attackers. */
export type DigestAlgorithm = 'sha256' | 'md5';

/** A digest in lower-case hexadecimal; from the platform where it can, which has no MD5, and on plain http no SHA-256. */
export async function digestHex(algorithm: DigestAlgorithm, bytes: Uint8Array): Promise<string> {
  const digest = algorithm === 'md5' ? md5(bytes) : await digestSha256(bytes);
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

async function digestSha256(bytes: Uint8Array): Promise<Uint8Array> {
  const subtle: SubtleCrypto | undefined = globalThis.crypto?.subtle;
  if (subtle === undefined) return sha256(bytes);
  return new Uint8Array(await subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>));
}
