import { LatentkitError } from '@latentkit/core';
import { checkOptions, type OptionRules, whole } from '@latentkit/core/options';
import { asBytes } from '../arrays/as-bytes.ts';
import { MAX_GUNZIP_BYTES } from '../limits.ts';
import { unpackByPlatform } from './unpack-by-platform.ts';
import { unpackMembers } from './unpack-members.ts';

export interface GunzipOptions {
  /** Most bytes to put out: a few packed kilobytes can unpack to gigabytes. */
  maxBytes?: number;
}

const RULES: OptionRules<GunzipOptions> = { maxBytes: whole(0) };

/** Whether the bytes begin as gzip does. */
export function isGzip(file: Uint8Array | ArrayBufferLike): boolean {
  const [first, second] = asBytes('isGzip', file);
  return first === 0x1f && second === 0x8b;
}

/**
 * Unpacks gzip bytes, all members of them, stopping at a hard limit of output.
 *
 * The platform's own `DecompressionStream` unpacks files of one member, which most are. Platforms differ about what
 * may follow it: some refuse more members and zeros behind the end, some read them. Such files are unpacked here, the same everywhere.
 *
 * @throws `E_FORMAT` when the bytes are not gzip, are damaged or cut off; `E_LIMIT` beyond `maxBytes`; `E_USAGE` for what
 * are no bytes.
 * @example
 * const bytes = await gunzip(gzipBytes, { maxBytes: 60_000 * 28 * 28 + 16 });
 * @see RFC 1952
 */
export async function gunzip(
  file: Uint8Array | ArrayBufferLike,
  options: GunzipOptions = {},
): Promise<Uint8Array<ArrayBuffer>> {
  checkOptions('gunzip', options, RULES);
  const { maxBytes = MAX_GUNZIP_BYTES } = options;
  const bytes = asBytes('gunzip', file);
  if (!isGzip(bytes)) {
    throw new LatentkitError(
      'E_FORMAT',
      `gunzip: expected the bytes 31, 139 at the start, got [${bytes.subarray(0, 2).join(', ')}]`,
    );
  }
  const atLimit = (): never => {
    throw new LatentkitError(
      'E_LIMIT',
      `gunzip: expected at most ${maxBytes} unpacked bytes, got more from ${bytes.length} packed ones`,
      { fix: 'A program that trusts the file may raise maxBytes' },
    );
  };
  return (await unpackOneMember(bytes, maxBytes, atLimit)) ?? unpackMembers(bytes, { maxBytes, atLimit });
}

/** What the platform makes of it; nothing where it refuses, or where its end is not that of one member. */
async function unpackOneMember(
  bytes: Uint8Array,
  maxBytes: number,
  atLimit: () => never,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const out = await unpackByPlatform(bytes, 'gzip', { maxBytes, atLimit });
  if (!out || bytes.length < 4) return undefined;
  const end = new DataView(bytes.buffer, bytes.byteOffset + bytes.length - 4);
  return end.getUint32(0, true) === out.length % 2 ** 32 ? out : undefined;
}
