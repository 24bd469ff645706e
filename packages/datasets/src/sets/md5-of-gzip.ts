import type { IdxFileSpec } from '../idx/idx-dataset-spec.ts';

/** A file whose authors publish the MD5 of the gzip stream, and nothing of what is in it. */
export function md5OfGzip(name: string, shape: readonly number[], hex: string): IdxFileSpec {
  return { name, shape, checksum: { algorithm: 'md5', of: 'gzip', hex } };
}
