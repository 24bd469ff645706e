import { LatentkitError, shorten } from '@latentkit/core';
import { checkValue, having } from '@latentkit/core/options';
import { gunzip, MAX_ZIP_BYTES, MAX_ZIP_ENTRIES, MAX_ZIP_RATIO, readZip } from '@latentkit/formats';
import type { FileArray } from './pixels-of-array.ts';
import type { ImageTable } from './read-table.ts';
import { type FileKind, recognizeFile } from './recognize-file.ts';
import { type FilePieces, type FileRows, rowsOfFile } from './rows-of-file.ts';

/** A file to import: its path, with slashes, and its bytes, or a function that reads them when their turn comes. */
export interface ImportFile {
  readonly name: string;
  readonly bytes: Uint8Array | (() => Uint8Array | Promise<Uint8Array>);
  /** Of a file whose pieces can be read alone: an array that is too large for memory is packed by them. */
  readonly pieces?: FilePieces;
}

/** What an import may take; the defaults are meant for a page. */
export interface ImportLimits {
  /** Most files, those in ZIPs each. */
  readonly files: number;
  /** Most bytes that ZIPs and gzip files may unpack to, all together. */
  readonly unpackedBytes: number;
  /** How many times its own size a ZIP may become. */
  readonly ratio: number;
  /** Most pixels of an image before it is resized, and most of its longer side. */
  readonly pixels: number;
  readonly side: number;
  /** Most numbers of all examples together. */
  readonly numbers: number;
}

export const IMPORT_LIMITS: ImportLimits = {
  files: MAX_ZIP_ENTRIES,
  unpackedBytes: MAX_ZIP_BYTES,
  ratio: MAX_ZIP_RATIO,
  pixels: 2 ** 26, // 67 megapixels, 256 MiB decoded
  side: 32_768,
  numbers: 2 ** 28,
};

const fileRule = having('a file, { name, bytes }', { name: 'string' });
const OF_SYSTEM = 'a file of the system';
const MODEL_PARTS = /(?:^|\/)(?:data\.pkl|model\.weights\.h5)$/; // of PyTorch's and Keras's ZIPs

/** A file that is no archive. */
export interface LeafFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly kind: FileKind;
  /** As it was before it was unpacked, if it was gzip. */
  readonly packed?: Uint8Array;
  /** Its rows, where they stay in the file and `bytes` are its first alone. */
  readonly rows?: FileRows;
  /** What it holds, where that was read already. */
  readonly arrays?: readonly FileArray[];
  readonly table?: ImageTable;
}

export interface UnpackOptions {
  limits: ImportLimits;
  onSkip: (name: string, why: string) => void;
  /** Whether large arrays of bytes stay in their files. */
  leavesRows?: boolean;
  signal?: AbortSignal;
}

/**
 * Every file that is no archive, what it is found by content; archives are unpacked, one deep.
 *
 * @throws `E_FORMAT` for two files of one name, and a ZIP that cannot be read; `E_LIMIT` beyond a limit; the signal's reason.
 */
export async function* unpackFiles(
  files: AsyncIterable<ImportFile> | Iterable<ImportFile>,
  { limits, onSkip, leavesRows = false, signal }: UnpackOptions,
): AsyncGenerator<LeafFile> {
  const names = new Set<string>();
  let bytesLeft = limits.unpackedBytes;
  for await (const file of files) {
    signal?.throwIfAborted();
    checkValue('importFiles', 'a file', file, fileRule);
    const { name } = file;
    addName(names, name, limits.files);
    if (isOfSystem(name)) {
      onSkip(name, OF_SYSTEM);
      continue;
    }
    const left = leavesRows && file.pieces ? await tell(name, () => rowsOfFile(file.pieces!)) : undefined;
    if (left) {
      yield { name, bytes: left.head, kind: recognizeFile(left.head), rows: left.rows };
      continue;
    }
    const bytes = await readBytes(file, onSkip);
    if (bytes === undefined) continue;
    const kind = recognizeFile(bytes);
    if (kind.type !== 'zip') {
      yield await unpackGzip({ name, bytes, kind });
      continue;
    }
    const options = { maxEntries: limits.files - names.size, maxBytes: bytesLeft, maxRatio: limits.ratio };
    const members = await tell(name, () => readZip(bytes, options));
    const model = members.find((member) => MODEL_PARTS.test(member.name));
    if (model) {
      onSkip(name, `a model (${model.name.endsWith('.pkl') ? 'PyTorch' : 'Keras'})`);
      continue;
    }
    for (const member of members) {
      signal?.throwIfAborted();
      const path = `${name.replace(/\.(?:zip|npz)$/i, '')}/${member.name}`;
      addName(names, path, limits.files);
      bytesLeft -= member.size;
      const whyNot = isOfSystem(member.name) ? OF_SYSTEM : undefined;
      const content = whyNot ?? (await member.read().catch(reasonOf));
      if (typeof content === 'string') onSkip(path, content);
      else yield await unpackGzip({ name: path, bytes: content, kind: recognizeFile(content) });
    }
  }

  async function unpackGzip(file: LeafFile): Promise<LeafFile> {
    if (file.kind.type !== 'gzip') return file;
    const bytes = await tell(file.name, () => gunzip(file.bytes, { maxBytes: bytesLeft }));
    bytesLeft -= bytes.length;
    const name = file.name.replace(/\.gz$/i, '');
    return { name, bytes, kind: recognizeFile(bytes), packed: file.bytes };
  }
}

function addName(names: Set<string>, name: string, most: number): void {
  if (names.has(name)) {
    throw new LatentkitError('E_FORMAT', `importFiles: two files are called ${shorten(name)}`, {
      fix: 'Give each a name of its own, or put them into folders.',
    });
  }
  names.add(name);
  if (names.size <= most) return;
  throw new LatentkitError(
    'E_LIMIT',
    `importFiles: expected at most ${most} files (limits.files), got more`,
    {
      fix: 'Pack the images as an array (.npy)',
    },
  );
}

/** What macOS, Windows and programs put beside a person's files. */
function isOfSystem(name: string): boolean {
  return name.split('/').some((part) => /^(?:\..+|__MACOSX|thumbs\.db|desktop\.ini)$/i.test(part));
}

async function readBytes(
  { name, bytes }: ImportFile,
  onSkip: UnpackOptions['onSkip'],
): Promise<Uint8Array | undefined> {
  try {
    const content = typeof bytes === 'function' ? await bytes() : bytes;
    if (content instanceof Uint8Array) return content;
  } catch (error) {
    // Nobody leaves out the largest of his files.
    if (error instanceof LatentkitError && error.code === 'E_LIMIT') throw error;
    onSkip(name, `it cannot be read: ${reasonOf(error)}`);
    return undefined;
  }
  throw new LatentkitError('E_USAGE', `importFiles: the bytes of ${shorten(name)} are no Uint8Array`, {
    fix: 'new Uint8Array(await file.arrayBuffer()) makes bytes of a File',
  });
}

/** What was wrong, for a list of files. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Errors of what is read from a file say which. */
export async function tell<Value>(name: string, read: () => Value | Promise<Value>): Promise<Value> {
  try {
    return await read();
  } catch (cause) {
    if (!(cause instanceof LatentkitError)) throw cause;
    throw new LatentkitError(cause.code, `${name}: ${cause.message}`, { cause });
  }
}
