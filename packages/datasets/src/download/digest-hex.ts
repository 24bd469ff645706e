import { sha256Hex } from '@latentkit/formats';
import { md5 } from '@noble/hashes/legacy.js';
import { bytesToHex } from '@noble/hashes/utils.js';

/** What datasets are published with; MD5 guards against accidents, not against attackers. */
export type DigestAlgorithm = 'sha256' | 'md5';

/** A digest in lower-case hexadecimal; from the platform where it can, which has no MD5, and on plain http no SHA-256. */
export async function digestHex(algorithm: DigestAlgorithm, bytes: Uint8Array): Promise<string> {
  if (algorithm === 'md5') return bytesToHex(md5(bytes));
  const subtle: SubtleCrypto | undefined = globalThis.crypto?.subtle;
  if (subtle === undefined) return sha256Hex(bytes);
  return bytesToHex(new Uint8Array(await subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>)));
}
