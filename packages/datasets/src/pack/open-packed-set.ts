import { open, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type ImageShape, type ImageSource, type Labels, LatentkitError, pixelCount } from '@latentkit/core';
import {
  checkOptions,
  checkValue,
  flagRule,
  functionRule,
  type OptionRules,
  pathRule,
  signalRule,
} from '@latentkit/core/options';
import { createSha256, digestSha256, encodeNpyHeader, parseJson, parseNpy } from '@latentkit/formats';
import { requireFile } from '@latentkit/formats/node';
import { toLabels } from '../from-arrays.ts';
import type { ImportedSets } from '../import/import-sets.ts';
import { PACK_FILE, type PackedPart, parseManifest } from './pack-manifest.ts';
import { cannotRead, type RowsFile, readRows } from './packed-rows.ts';

const AT_ONCE = 2 ** 22; // bytes read at once to digest them

export interface OpenPackedSetOptions {
  /** Reads every file once and compares its SHA-256 with the manifest's, as by default; else sizes and headers alone are looked at. */
  verify?: boolean;
  /** Hears how many bytes of all are compared. */
  onProgress?: (bytes: number, of: number) => void;
  signal?: AbortSignal;
}

const RULES: OptionRules<OpenPackedSetOptions> = {
  verify: flagRule,
  onProgress: functionRule,
  signal: signalRule,
};

/**
 * Whether a folder is a packed set: by what is in it, whatever it is called.
 *
 * @example
 * const sets = (await isPackedSet(path)) ? await openPackedSet(path) : await importSets(filesOf(path));
 */
export async function isPackedSet(path: string): Promise<boolean> {
  checkValue('isPackedSet', 'path', path, pathRule);
  return (await stat(join(path, PACK_FILE)).catch(() => undefined))?.isFile() ?? false;
}

/**
 * The sets of a folder that `packFiles` wrote, as they were imported, but that their images stay in the files: a batch of them
 * is read when it is wanted. Labels are in memory.
 *
 * @throws `E_NOT_FOUND` for a file that is not there; `E_FORMAT` for a manifest that is none or of a newer Latentkit, and a file that
 * is too short or too long; `E_CHECKSUM` for one that is not what was packed; the signal's reason.
 * @example
 * const { parts, classNames } = await openPackedSet('faces-packed');
 * for await (const event of train({ model, dataset: { name: 'faces', ...splitImages(parts.train) }, ... })) ...
 */
export async function openPackedSet(
  path: string,
  options: OpenPackedSetOptions = {},
): Promise<ImportedSets<ImageSource>> {
  checkValue('openPackedSet', 'path', path, pathRule);
  checkOptions('openPackedSet', options, RULES);
  const { verify = true, onProgress, signal } = options;
  const file = join(path, PACK_FILE);
  const bytes = await readFile(file).catch((cause: unknown) => {
    throw cannotRead(file, cause);
  });
  const { shape, parts, classNames, report } = parseManifest(parseJson(bytes, file), file);
  const found: Partial<Record<keyof typeof parts, ImageSource>> = {};
  const all = Object.values(parts).reduce((sum, { count }) => sum + count * pixelCount(shape), 0);
  let done = 0;
  const onRead = (bytes: number) => {
    done += bytes;
    onProgress?.(Math.min(done, all), all); // headers are read, and not counted
  };
  for (const [name, part] of Object.entries(parts)) {
    found[name as keyof typeof parts] = await openPart(path, name, part, {
      shape,
      classes: classNames?.length,
      verify,
      onRead,
      signal,
    });
  }
  return {
    parts: found as ImportedSets<ImageSource>['parts'], // the manifest has a train among them
    ...(classNames && { classNames }),
    report,
  };
}

interface PartOptions {
  shape: ImageShape;
  classes: number | undefined;
  verify: boolean;
  onRead: (bytes: number) => void;
  signal: AbortSignal | undefined;
}

async function openPart(
  folder: string,
  name: string,
  { count, sha256, shards, labels }: PackedPart,
  { shape, classes, verify, onRead, signal }: PartOptions,
): Promise<ImageSource> {
  const files: RowsFile[] = [];
  const all = createSha256();
  for (const shard of shards) {
    const path = join(folder, shard.file);
    const header = encodeNpyHeader([shard.count, shape.height, shape.width, shape.channels], 'uint8');
    await checkHeader(path, header, header.length + shard.count * pixelCount(shape));
    if (verify) await checkDigest(path, shard.sha256, { header: header.length, all, onRead, signal });
    files.push({ path, count: shard.count, offset: header.length });
  }
  if (verify)
    compareDigests(`${join(folder, PACK_FILE)}: the images of '${name}'`, sha256, all.digest('hex'));
  return {
    ...{ shape, count, digest: { type: 'uint8', sha256 }, read: readRows(files, shape) },
    ...(labels && {
      labels: await readPackedLabels(join(folder, labels.file), labels.sha256, { count, classes }),
    }),
  };
}

/** @throws `E_FORMAT` unless a file begins as it should and is as long as it should be. */
async function checkHeader(path: string, header: Uint8Array, size: number): Promise<void> {
  await requireFile(path);
  const file = await open(path).catch((cause: unknown) => {
    throw cannotRead(path, cause);
  });
  try {
    const got = (await file.stat()).size;
    if (got !== size) {
      throw damaged(
        'E_FORMAT',
        `${path}: expected ${size} bytes, got ${got}: it was cut off or is another file`,
      );
    }
    const start = new Uint8Array(header.length);
    await file.read(start, 0, start.length, 0);
    if (header.every((byte, i) => byte === start[i])) return;
    throw damaged('E_FORMAT', `${path}: its header is not that of the manifest's images`);
  } finally {
    await file.close();
  }
}

/** Digests a file, and its images with those of the files before. */
async function checkDigest(
  path: string,
  expected: string,
  {
    header,
    all,
    onRead,
    signal,
  }: Pick<PartOptions, 'onRead' | 'signal'> & { header: number; all: ReturnType<typeof createSha256> },
): Promise<void> {
  const hash = createSha256();
  const chunk = new Uint8Array(AT_ONCE);
  const file = await open(path);
  try {
    for (let at = 0; ; ) {
      signal?.throwIfAborted();
      const { bytesRead } = await file.read(chunk, 0, chunk.length, at).catch((cause: unknown) => {
        throw cannotRead(path, cause);
      });
      if (bytesRead === 0) break;
      hash.update(chunk.subarray(0, bytesRead));
      all.update(chunk.subarray(Math.min(bytesRead, Math.max(0, header - at)), bytesRead));
      at += bytesRead;
      onRead(bytesRead);
    }
  } finally {
    await file.close();
  }
  compareDigests(path, expected, hash.digest('hex'));
}

async function readPackedLabels(
  path: string,
  sha256: string,
  { count, classes }: { count: number; classes: number | undefined },
): Promise<Labels> {
  await requireFile(path);
  const { buffer, byteOffset, byteLength } = await readFile(path).catch((cause: unknown) => {
    throw cannotRead(path, cause);
  });
  const bytes = new Uint8Array(buffer, byteOffset, byteLength);
  compareDigests(path, sha256, await digestSha256(bytes));
  const { data } = parseNpy(bytes, { maxElements: count });
  return toLabels(data, { count, where: path, ...(classes !== undefined && { classes }) });
}

function compareDigests(path: string, expected: string, got: string): void {
  if (got === expected) return;
  const [wanted, found] = [expected, got].map((hex) => `${hex.slice(0, 12)}...`);
  throw damaged('E_CHECKSUM', `${path}: expected SHA-256 ${wanted}, got ${found}: it is not what was packed`);
}

function damaged(code: 'E_FORMAT' | 'E_CHECKSUM', words: string): LatentkitError {
  return new LatentkitError(code, words, { fix: 'Copy the folder again, or pack the images anew' });
}
