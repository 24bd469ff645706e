import { type FileHandle, mkdtemp, open, readdir, rm, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type Examples, indicesUpTo, LatentkitError, pixelCount } from '@latentkit/core';
import {
  checkOptions,
  checkValue,
  functionRule,
  type OptionRules,
  pathRule,
  whole,
} from '@latentkit/core/options';
import { createSha256, digestSha256, encodeNpy, encodeNpyHeader } from '@latentkit/formats';
import { diskError, makeFolders, missingFolders, writeAtomically } from '@latentkit/formats/node';
import { IMPORT_RULES, type ImportSetsOptions } from '../import/import-options.ts';
import { type ImportedSets, importInto } from '../import/import-sets.ts';
import type { ImportFile } from '../import/unpack-files.ts';
import { readExamples } from '../read-examples.ts';
import { manifestOf, PACK_FILE, type PackedPart, type PackManifest } from './pack-manifest.ts';
import { openPictureRoom } from './picture-room.ts';

const SHARD_BYTES = 2 ** 30;
const AT_ONCE = 2 ** 22; // bytes
/** A folder of pictures may be larger than what a page takes; arrays and archives still go through memory, one at a time. */
const LIMITS = { files: 2 ** 24, numbers: 2 ** 40, unpackedBytes: 2 ** 32 };

export interface PackOptions extends ImportSetsOptions {
  /** The folder to make, which is empty or not there. */
  out: string;
  /** Most bytes of images in a file, one image at least; 2^30 by default. */
  shardBytes?: number;
  /** Hears how many images of all are written. */
  onWritten?: (images: number, of: number) => void;
}

const RULES: OptionRules<PackOptions> = {
  ...IMPORT_RULES,
  out: pathRule,
  shardBytes: whole(1),
  onWritten: functionRule,
};

/**
 * Decodes images once, as `importFiles` reads them, into a folder that training reads batches from: bytes in `.npy` files of
 * `[count, height, width, channels]`, the classes beside them, and a manifest (JSON) with counts, digests and what was left out.
 * Pictures are brought to their size one by one and are not kept in memory.
 *
 * @returns the manifest.
 * @throws as `importFiles`; `E_EXISTS` where the folder holds something; `E_USAGE` for arrays of floats and tables, which are no
 * bytes; `E_IO` when the disk refuses. Nothing is left then.
 * @example
 * await packFiles(filesOf('faces'), { size: 64, decode: nodeImageDecoder(), out: 'faces-packed' });
 */
export async function packFiles(
  files: AsyncIterable<ImportFile> | Iterable<ImportFile>,
  options: PackOptions,
): Promise<PackManifest> {
  checkOptions('packFiles', options, RULES);
  const { out, shardBytes = SHARD_BYTES, onWritten, limits, ...importing } = options;
  checkValue('packFiles', 'out', out, pathRule);
  const made = await makeEmptyFolder(out);
  const written: string[] = [];
  try {
    const scratch = await mkdtemp(join(out, '.pictures-')).catch((cause: unknown) => {
      throw diskError(out, cause);
    });
    const room = openPictureRoom(join(scratch, 'pictures'));
    try {
      const sets = await importInto(files, { ...importing, limits: { ...LIMITS, ...limits } }, room);
      const manifest = await writeParts(out, sets, {
        shardBytes,
        onWritten,
        written,
        signal: importing.signal,
      });
      await writeAtomically(join(out, PACK_FILE), `${JSON.stringify(manifest, null, 1)}\n`);
      return manifest;
    } finally {
      room.close();
      await rm(scratch, { recursive: true, force: true });
    }
  } catch (error) {
    for (const path of written) await rm(path, { force: true }).catch(() => {});
    for (const folder of made) await rmdir(folder).catch(() => {}); // others may have put something in it
    throw error;
  }
}

/** @returns the folders that were not there before, the innermost first. */
async function makeEmptyFolder(path: string): Promise<string[]> {
  const made = await missingFolders(path);
  await makeFolders(path).catch((cause) => {
    throw diskError(path, cause);
  });
  const [there] = await readdir(path);
  if (there === undefined) return made;
  throw new LatentkitError('E_EXISTS', `${path} holds ${there} already`, {
    fix: 'Choose a folder that is empty or not there',
  });
}

interface WriteOptions {
  shardBytes: number;
  onWritten: PackOptions['onWritten'];
  signal: AbortSignal | undefined;
  /** Paths are put in here before their files are made. */
  written: string[];
}

async function writeParts(
  out: string,
  { parts, classNames, report }: ImportedSets<Examples>,
  options: WriteOptions,
): Promise<PackManifest> {
  const { train } = parts;
  const of = Object.values(parts).reduce((sum, { count }) => sum + count, 0);
  let before = 0;
  const written: Partial<Record<keyof typeof parts, PackedPart>> = {};
  for (const [name, set] of Object.entries(parts)) {
    const done = before;
    written[name as keyof typeof parts] = await writePart(out, name, set, {
      ...options,
      onWritten: (images) => options.onWritten?.(done + images, of),
    });
    before += set.count;
  }
  const { height, width, channels } = train.shape;
  return manifestOf({
    shape: { height, width, channels },
    ...(classNames && { classNames }),
    parts: written as PackManifest['parts'],
    report,
  });
}

async function writePart(
  out: string,
  name: string,
  set: Examples,
  {
    shardBytes,
    onWritten,
    signal,
    written,
  }: Omit<WriteOptions, 'onWritten'> & { onWritten: (images: number) => void },
): Promise<PackedPart> {
  const { count, shape, labels } = set;
  const row = pixelCount(shape);
  const inShard = Math.max(1, Math.floor(shardBytes / row));
  const atOnce = Math.max(1, Math.floor(AT_ONCE / row));
  const all = createSha256();
  const shards: PackedPart['shards'][number][] = [];
  for (let first = 0; first < count; first += inShard) {
    const images = Math.min(inShard, count - first);
    const file = `${name}-${String(shards.length).padStart(5, '0')}.npy`;
    const hash = createSha256();
    await writeFile(join(out, file), written, async (handle) => {
      const header = encodeNpyHeader([images, shape.height, shape.width, shape.channels], 'uint8');
      hash.update(header);
      await handle.writeFile(header);
      for (let from = first; from < first + images; from += atOnce) {
        signal?.throwIfAborted();
        const some = Math.min(atOnce, first + images - from);
        const indices = indicesUpTo(some).map((i) => from + i);
        const bytes = bytesOf(await readExamples(set, indices));
        hash.update(bytes);
        all.update(bytes);
        await handle.writeFile(bytes);
        onWritten(from + some);
      }
    });
    shards.push({ file, count: images, sha256: hash.digest('hex') });
  }
  const part = { count, sha256: all.digest('hex'), shards };
  if (!labels) return part;
  const bytes = encodeNpy({ shape: [count], data: labels });
  const file = `${name}-labels.npy`;
  await writeFile(join(out, file), written, (handle) => handle.writeFile(bytes));
  return { ...part, labels: { file, sha256: await digestSha256(bytes) } };
}

function bytesOf({ images }: { images: Uint8Array | Float32Array }): Uint8Array {
  if (images instanceof Uint8Array) return images;
  throw new LatentkitError(
    'E_USAGE',
    'packFiles: expected images of bytes, got numbers that are none: floats, or the columns of a table',
    { fix: 'Train from them as they are, or save the pixels as uint8, 0 to 255' },
  );
}

/** Writes a file from its beginning to its end and flushes it to the disk. */
async function writeFile(
  path: string,
  written: string[],
  write: (file: FileHandle) => Promise<void>,
): Promise<void> {
  try {
    written.push(path);
    const file = await open(path, 'wx');
    try {
      await write(file);
      await file.sync();
    } finally {
      await file.close();
    }
  } catch (cause) {
    if (typeof (cause as NodeJS.ErrnoException).syscall !== 'string') throw cause; // not the disk's
    throw diskError(path, cause);
  }
}
