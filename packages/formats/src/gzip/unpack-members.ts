import { LatentkitError } from '@latentkit/core';
import { createGrowingArray } from '../arrays/growing-array.ts';
import { crc32 } from './crc32.ts';
import { InflateError, inflate } from './inflate.ts';

const [HAS_HEADER_CHECK, HAS_EXTRA, HAS_NAME, HAS_COMMENT, RESERVED] = [2, 4, 8, 16, 0xe0];
const DEFLATE = 8;
const TRAILER_BYTES = 8;

/**
 * Unpacks a gzip file's members one after another, as `cat a.gz b.gz`, pigz and bgzip write them; zeros may fill up its end.
 *
 * @throws `E_FORMAT` for damage, missing bytes and others than zeros behind the last member; what `atLimit` throws.
 * @see RFC 1952, sections 2.2 and 2.3
 */
export function unpackMembers(
  bytes: Uint8Array,
  { maxBytes, atLimit }: { maxBytes: number; atLimit: () => never },
): Uint8Array<ArrayBuffer> {
  const out = createGrowingArray<Uint8Array<ArrayBuffer>>(Uint8Array, {
    ...{ where: 'gunzip', first: 4 * bytes.length, most: maxBytes, atLimit },
  });
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let position = 0;
  for (let member = 1; position < bytes.length; member++) {
    if (member > 1 && bytes.subarray(position).every((byte) => byte === 0)) break;
    const fail = (what: string, cause?: unknown): never => {
      const which = member === 1 ? '' : `, in its member ${member} from byte ${position} on`;
      throw new LatentkitError(
        'E_FORMAT',
        `gunzip: ${bytes.length} bytes of gzip are damaged: ${what}${which}`,
        {
          fix: 'Get the file anew.',
          cause,
        },
      );
    };
    const begin = out.length;
    let end = position;
    try {
      end = inflate(bytes, skipHeader(bytes, position), out);
    } catch (cause) {
      if (!(cause instanceof InflateError)) throw cause;
      fail(`${cause.message}, after ${out.length} unpacked bytes`, cause);
    }
    if (end + TRAILER_BYTES > bytes.length) fail(`cut off, after ${out.length} unpacked bytes`);
    if (view.getUint32(end, true) !== crc32(out.data.subarray(begin, out.length))) fail('a wrong checksum');
    if (view.getUint32(end + 4, true) !== (out.length - begin) % 2 ** 32) fail('a wrong length');
    position = end + TRAILER_BYTES;
  }
  return out.take();
}

/** The offset after a member's header. */
function skipHeader(bytes: Uint8Array, start: number): number {
  const [first, second, method, flags = 0] = bytes.subarray(start, start + 4);
  if (first !== 31 || second !== 139) {
    throw new InflateError(`expected the bytes 31, 139 of another member or zeros, got ${first}, ${second}`);
  }
  if (method !== DEFLATE || (flags & RESERVED) !== 0) throw new InflateError('packed in no known way');
  let position = start + 10;
  if (flags & HAS_EXTRA) position += 2 + (bytes[position] ?? 0) + 256 * (bytes[position + 1] ?? 0);
  for (const flag of [HAS_NAME, HAS_COMMENT]) {
    if ((flags & flag) === 0) continue;
    const end = bytes.indexOf(0, position);
    if (end < 0) throw new InflateError('cut off');
    position = end + 1;
  }
  return flags & HAS_HEADER_CHECK ? position + 2 : position;
}
