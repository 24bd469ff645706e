import { md5 } from '@noble/hashes/legacy.js';
import { sha256Hex, toHex } from './sha256-hex.ts';

/** What datasets are published with; MD5 guards against accidents, not against attackers. */
export type DigestAlgorithm = 'sha256' | 'md5';

/** A digest in lower-case hexadecimal; MD5 is on no platform. */
export async function digestHex(algorithm: DigestAlgorithm, bytes: Uint8Array): Promise<string> {
  return algorithm === 'md5' ? toHex(md5(bytes)) : sha256Hex(bytes);
}
