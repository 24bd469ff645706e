import { LatentkitError } from '@latentkit/core';
import { MAX_GUNZIP_BYTES } from './limits.ts';

const INPUT_CHUNK = 65_536;

export interface GunzipOptions {
  /** Most bytes to put out: a few packed kilobytes can unpack to gigabytes. */
  maxBytes?: number;
}

/** Whether the bytes begin as gzip does. */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/**
 * Unpacks gzip bytes with the platform's own `DecompressionStream`, stopping at a hard limit of output.
 *
 * @throws `E_FORMAT` when the bytes are not gzip, are damaged or cut off; `E_LIMIT` beyond `maxBytes`.
 * @example
 * const bytes = await gunzip(gzipBytes, { maxBytes: 60_000 * 28 * 28 + 16 });
 * @see RFC 1952
 */
export async function gunzip(
  bytes: Uint8Array,
  { maxBytes = MAX_GUNZIP_BYTES }: GunzipOptions = {},
): Promise<Uint8Array<ArrayBuffer>> {
  if (!isGzip(bytes)) {
    throw new LatentkitError(
      'E_FORMAT',
      `gunzip: expected the bytes 31, 139 at the start, got [${bytes.subarray(0, 2).join(', ')}]`,
    );
  }
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
  } catch (cause) {
    throw new LatentkitError(
      'E_FORMAT',
      `gunzip: ${bytes.length} bytes of gzip are damaged or cut off, after ${size} unpacked bytes`,
      { fix: 'Get the file anew.', cause },
    );
  }
  if (size > maxBytes) {
    await reader.cancel().catch(() => undefined);
    throw new LatentkitError(
      'E_LIMIT',
      `gunzip: expected at most ${maxBytes} unpacked bytes, got more from ${bytes.length} packed ones`,
      { fix: 'Raise maxBytes if you trust the file.' },
    );
  }
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
