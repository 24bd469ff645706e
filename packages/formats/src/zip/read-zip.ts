import { LatentkitError, shorten } from '@latentkit/core';
import { checkOptions, type OptionRules, whole } from '@latentkit/core/options';
import { asBytes } from '../arrays/as-bytes.ts';
import { createGrowingArray } from '../arrays/growing-array.ts';
import { crc32 } from '../gzip/crc32.ts';
import { InflateError, inflate } from '../gzip/inflate.ts';
import { unpackByPlatform, unpackedChunks } from '../gzip/unpack-by-platform.ts';
import { MAX_ZIP_BYTES, MAX_ZIP_ENTRIES, MAX_ZIP_RATIO } from '../limits.ts';
import { damaged, readDirectory, type ZipRecord } from './zip-directory.ts';

const [LOCAL, LOCAL_BYTES] = [0x04034b50, 30];
const [STORED, DEFLATED] = [0, 8];
const IS_ENCRYPTED = 1;
const SMALL_BYTES = 16_384; // unpacked sooner than the platform's stream is set up
const HARMLESS_BYTES = 2 ** 24; // so much is no bomb, however small the file

export interface ReadZipOptions {
  /** Most files and folders. */
  maxEntries?: number;
  /** Most bytes that its files may come to, all together. */
  maxBytes?: number;
  /** How many times the ZIP's own bytes that may be; up to 16 MiB are never too many. */
  maxRatio?: number;
}

const RULES: OptionRules<ReadZipOptions> = { maxEntries: whole(0), maxBytes: whole(0), maxRatio: whole(1) };

/** A file of a ZIP. */
export interface ZipFile {
  /** With slashes between folders; never absolute, and without `..`. */
  readonly name: string;
  /** Unpacked bytes. */
  readonly size: number;
  /**
   * Unpacks it.
   *
   * @throws `E_FORMAT` where it is encrypted, damaged, or packed in a way other than stored and deflate.
   */
  read(): Promise<Uint8Array<ArrayBuffer>>;
  /**
   * Unpacks it some bytes at a time, for what had better not lie in memory whole. Its size and checksum are known to be right at the end.
   *
   * @throws as `read`, in the midst of it.
   */
  chunks(): AsyncGenerator<Uint8Array<ArrayBuffer>>;
}

/**
 * The files of a ZIP, each unpacked when it is read; folders are none.
 *
 * What its directory says is held against the limits before anything is unpacked, and a file that unpacks to another size
 * or checksum than it says is an error. Its names cannot lead out of a folder: one that would, and two files of one name,
 * refuse the whole ZIP.
 *
 * @throws `E_FORMAT` for what is no ZIP, or one that is damaged, or whose names cannot be; `E_LIMIT` beyond a limit.
 * @example
 * const [first] = readZip(bytes);
 * const content = await first.read();
 * @see https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
 */
export function readZip(file: Uint8Array | ArrayBufferLike, options: ReadZipOptions = {}): ZipFile[] {
  checkOptions('readZip', options, RULES);
  const { maxEntries = MAX_ZIP_ENTRIES, maxBytes = MAX_ZIP_BYTES, maxRatio = MAX_ZIP_RATIO } = options;
  const bytes = asBytes('readZip', file);
  const { records, start } = readDirectory(bytes, maxEntries);
  const body = bytes.subarray(0, start);
  const files = records.map((record) => ({ ...record, name: record.name.replaceAll('\\', '/') }));
  checkNames(files.map(({ name }) => name));
  const total = files.reduce((sum, { size }) => sum + size, 0);
  checkTotal(total, bytes.length, { maxBytes, maxRatio });
  return files
    .filter(({ name }) => !name.endsWith('/'))
    .map((record) => ({
      name: record.name,
      size: record.size,
      read: () => unpack(body, record),
      chunks: () => chunksOf(body, record),
    }));
}

function checkNames(names: readonly string[]): void {
  const seen = new Set<string>();
  for (const name of names) {
    if (
      name === '' ||
      name.includes('\0') ||
      /^(?:\/|[a-z]:)/i.test(name) ||
      name.split('/').includes('..')
    ) {
      throw new LatentkitError(
        'E_FORMAT',
        `readZip: a file is called ${JSON.stringify(shorten(name))}, which leads out of the ZIP's folder`,
        { fix: 'Pack it anew, with names from its folder on.' },
      );
    }
    if (seen.has(name)) {
      throw new LatentkitError('E_FORMAT', `readZip: two files are called ${JSON.stringify(shorten(name))}`, {
        fix: 'Pack it anew, each file once.',
      });
    }
    seen.add(name);
  }
}

function checkTotal(
  total: number,
  packed: number,
  { maxBytes, maxRatio }: Required<Pick<ReadZipOptions, 'maxBytes' | 'maxRatio'>>,
): void {
  if (total > maxBytes) {
    throw new LatentkitError(
      'E_LIMIT',
      `readZip: its files come to ${total} bytes, expected at most ${maxBytes} bytes (maxBytes)`,
      { fix: 'Unpack it and take the folder; a program that trusts the file may raise maxBytes' },
    );
  }
  if (total <= Math.max(HARMLESS_BYTES, maxRatio * packed)) return;
  throw new LatentkitError(
    'E_LIMIT',
    `readZip: its files come to ${total} bytes, more than ${maxRatio} times (maxRatio) its own ${packed}, as in a ZIP bomb`,
    { fix: 'A program that trusts the file may raise maxRatio' },
  );
}

/** The packed bytes of a file that can be unpacked, and what is thrown where they are not what they say. */
function packedOf(body: Uint8Array, record: ZipRecord) {
  const { name, method, size } = record;
  const fail = (what: string, fix = 'Pack it anew.', cause?: unknown): never => {
    throw new LatentkitError('E_FORMAT', `readZip: ${shorten(name)} ${what}`, { fix, cause });
  };
  if (record.flags & IS_ENCRYPTED) fail('is encrypted', 'Unpack it with its password, and take the folder.');
  if (method !== STORED && method !== DEFLATED) fail(`is packed by method ${method}, expected deflate`);
  return {
    input: findContent(body, record),
    fail,
    atLimit: () => fail(`unpacks to more than the ${size} bytes that it says`),
    /** Throws unless the whole of it was as long and had the checksum that it says. */
    check(length: number, checksum: number) {
      if (length !== size) fail(`unpacks to ${length} bytes, expected ${size}`);
      if (checksum !== record.crc) fail('is damaged: a wrong checksum');
    },
  };
}

async function* chunksOf(body: Uint8Array, record: ZipRecord): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const { input, fail, atLimit, check } = packedOf(body, record);
  const chunks = record.method === STORED ? [input.slice()] : unpackedChunks(input, 'deflate-raw');
  let [length, checksum] = [0, 0];
  try {
    for await (const chunk of chunks) {
      length += chunk.length;
      checksum = crc32(chunk, checksum);
      if (length > record.size) atLimit();
      yield chunk;
    }
  } catch (cause) {
    if (cause instanceof LatentkitError) throw cause;
    fail(`is damaged: ${(cause as Error).message}`, undefined, cause);
  }
  check(length, checksum);
}

async function unpack(body: Uint8Array, record: ZipRecord): Promise<Uint8Array<ArrayBuffer>> {
  const { method, size } = record;
  const { input, fail, atLimit, check } = packedOf(body, record);
  const limits = { maxBytes: size, atLimit };
  let out: Uint8Array<ArrayBuffer> | undefined;
  try {
    if (method === STORED) out = input.slice();
    else if (input.length > SMALL_BYTES) out = await unpackByPlatform(input, 'deflate-raw', limits);
    out ??= inflateWhole(input, limits);
  } catch (cause) {
    if (!(cause instanceof InflateError)) throw cause;
    return fail(`is damaged: ${cause.message}`, undefined, cause);
  }
  check(out.length, crc32(out));
  return out;
}

/** The packed bytes of a file, behind a header that says again what the directory did. */
function findContent(body: Uint8Array, { name, packed, offset }: ZipRecord): Uint8Array<ArrayBuffer> {
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
  if (offset + LOCAL_BYTES > body.length || view.getUint32(offset, true) !== LOCAL) {
    throw damaged(`${shorten(name)} is not at byte ${offset}`);
  }
  const start = offset + LOCAL_BYTES + view.getUint16(offset + 26, true) + view.getUint16(offset + 28, true);
  if (start + packed > body.length) throw damaged(`${shorten(name)} is cut off`);
  return body.subarray(start, start + packed) as Uint8Array<ArrayBuffer>;
}

function inflateWhole(
  input: Uint8Array,
  { maxBytes, atLimit }: { maxBytes: number; atLimit: () => never },
): Uint8Array<ArrayBuffer> {
  const out = createGrowingArray<Uint8Array<ArrayBuffer>>(Uint8Array, {
    ...{ where: 'readZip', first: maxBytes, most: maxBytes, atLimit },
  });
  inflate(input, 0, out);
  return out.take();
}
