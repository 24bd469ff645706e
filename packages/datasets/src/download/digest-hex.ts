import { digestSha256 } from '@latentkit/formats';
import { md5 } from '@noble/hashes/legacy.js';
import { bytesToHex } from '@noble/hashes/utils.js';

/** What datasets are published with; MD5 guards against accidents, not against attackers. */
export type DigestAlgorithm = 'sha256' | 'md5';

/** A digest in lower-case hexadecimal; no platform has MD5. */
export async function digestHex(algorithm: DigestAlgorithm, bytes: Uint8Array): Promise<string> {
  return algorithm === 'md5' ? bytesToHex(md5(bytes)) : digestSha256(bytes);
}
