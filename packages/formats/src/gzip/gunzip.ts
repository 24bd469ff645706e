import { LatentkitError } from '@latentkit/core';
import { checkOptions, type OptionRules, whole } from '@latentkit/core/options';
import { asBytes } from '../arrays/as-bytes.ts';
import { MAX_GUNZIP_BYTES } from '../limits.ts';
import { unpackMembers } from './unpack-members.ts';

const INPUT_CHUNK = 65_536;

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
      { fix: 'Raise maxBytes if you trust the file.' },
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
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = sliceStream(bytes).pipeThrough(new DecompressionStream('gzip')).getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      size += value.length;
      if (size > maxBytes) break;
      chunks.push(value);
    }
  } catch {
    return undefined; // unpackMembers reads it, or says what is wrong
  }
  if (size > maxBytes) {
    await reader.cancel().catch(() => undefined);
    return atLimit();
  }
  const end = new DataView(bytes.buffer, bytes.byteOffset + bytes.length - 4);
  if (bytes.length < 4 || end.getUint32(0, true) !== size % 2 ** 32) return undefined;
  const out = new Uint8Array(size);
  let offset = 0;
  for (const chunk of chunks) {
    out.set(chunk, offset);
    offset += chunk.length;
  }
  return out;
}

/** Small pieces, on demand: what lies beyond the limit is never even fed in. */
function sliceStream(bytes: Uint8Array): ReadableStream<Uint8Array<ArrayBuffer>> {
  let offset = 0;
  return new ReadableStream({
    pull(controller) {
      if (offset >= bytes.length) return controller.close();
      controller.enqueue(new Uint8Array(bytes.subarray(offset, offset + INPUT_CHUNK)));
      offset += INPUT_CHUNK;
    },
  });
}
