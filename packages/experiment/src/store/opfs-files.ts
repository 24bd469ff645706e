import { LatentkitError } from '@latentkit/core';
import type { RunFileInfo } from './run-store.ts';

const PART = '.part'; // of a file that is written for the first time
const SWAP = '.crswap'; // of Chromium, beside a file that is being replaced
const READS = 3; // of a file that is replaced while it is read

/** Of Chromium, Firefox and Safari, and not yet of TypeScript. */
type Movable = FileSystemFileHandle & { move?(name: string): Promise<void> };

/**
 * A file below a folder of a browser's private file system; undefined where there is none.
 *
 * @throws `E_IO` when it cannot be read.
 */
export async function readFile(
  folder: FileSystemDirectoryHandle,
  path: string,
): Promise<Uint8Array | undefined> {
  for (let attempt = 1; ; attempt++) {
    try {
      const file = await fileOf(folder, path);
      return file && new Uint8Array(await file.arrayBuffer());
    } catch (cause) {
      if (attempt < READS && (cause as DOMException).name === 'NotReadableError') continue;
      throw new LatentkitError('E_IO', `could not read ${path}: ${(cause as Error).message}`, { cause });
    }
  }
}

/** Those of some files that are there, by names below a path. */
export async function listFiles(
  folder: FileSystemDirectoryHandle,
  path: string,
  names: readonly string[],
): Promise<RunFileInfo[]> {
  const found = await Promise.all(
    names.map(async (name) => {
      const file = await fileOf(folder, `${path}/${name}`);
      return file ? [{ name, bytes: file.size, modified: file.lastModified }] : [];
    }),
  );
  return found.flat();
}

/** A file as it is now; undefined where there is none. */
export async function fileOf(folder: FileSystemDirectoryHandle, path: string): Promise<File | undefined> {
  return (await handleOf(folder, path))?.getFile();
}

/**
 * A file whole or not at all, and the folders above it.
 *
 * @throws `E_IO` when the browser refuses; the file is then as it was.
 */
export function writeFile(
  folder: FileSystemDirectoryHandle,
  path: string,
  content: string | Uint8Array | Blob,
): Promise<void> {
  return inWords(path, async () => {
    const [at, name] = await placeOf(folder, path, { create: true });
    const there = await handleOf(at, name);
    if (there) await replaceContent(there, content);
    else await writeFirst(at, name, content);
  });
}

/** It gets its name when it is whole: a handle of that name alone would make an empty one. */
async function writeFirst(
  at: FileSystemDirectoryHandle,
  name: string,
  content: string | Uint8Array | Blob,
): Promise<void> {
  const part: Movable = await at.getFileHandle(name + PART, { create: true });
  try {
    if (part.move) {
      await replaceContent(part, content);
      await part.move(name);
      return;
    }
    await replaceContent(await at.getFileHandle(name, { create: true }), content);
    await at.removeEntry(name + PART);
  } catch (error) {
    await at.removeEntry(name + PART).catch(() => {}); // what matters is why it came to this
    throw error;
  }
}

/**
 * Adds to a file that is there: all of the text or nothing.
 *
 * @throws `E_IO` when the browser refuses, and where there is none.
 */
export function appendToFile(folder: FileSystemDirectoryHandle, path: string, text: string): Promise<void> {
  return inWords(path, async () => {
    const [at, name] = await placeOf(folder, path);
    await replaceContent(await at.getFileHandle(name), text, { keep: true });
  });
}

/**
 * Removes a file, or a folder with all that is in it; nothing where there is none.
 *
 * @throws `E_IO` when the browser refuses.
 */
export function removeEntry(folder: FileSystemDirectoryHandle, path: string): Promise<void> {
  return inWords(path, async () => {
    try {
      const [at, name] = await placeOf(folder, path);
      await at.removeEntry(name, { recursive: true });
    } catch (error) {
      if (!isMissing(error)) throw error;
    }
  });
}

/**
 * Files below a folder that a writer left half written when it died: Chromium keeps them for good after a crash, and they count. Only to be
 * asked for where nobody writes.
 */
export async function listLeftovers(folder: FileSystemDirectoryHandle, path: string): Promise<string[]> {
  const found: string[] = [];
  try {
    const [above, name] = await placeOf(folder, path);
    for await (const [entry, { kind }] of (await above.getDirectoryHandle(name)).entries()) {
      const below = `${path}/${entry}`;
      if (kind === 'directory') found.push(...(await listLeftovers(folder, below)));
      else if (entry.endsWith(PART) || entry.endsWith(SWAP)) found.push(below);
    }
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
  return found;
}

/** What is written lies beside the file until it is closed, and takes its place then; after a refusal nothing has changed. */
async function replaceContent(
  handle: FileSystemFileHandle,
  content: string | Uint8Array | Blob,
  { keep = false } = {},
): Promise<void> {
  const writable = await handle.createWritable({ keepExistingData: keep });
  try {
    if (keep) await writable.seek((await handle.getFile()).size);
    await writable.write(content as string | Uint8Array<ArrayBuffer> | Blob);
    await writable.close();
  } catch (error) {
    await writable.abort().catch(() => {}); // it may have failed for good
    throw error;
  }
}

/** The folder that a file lies in, and its name there. */
async function placeOf(
  folder: FileSystemDirectoryHandle,
  path: string,
  { create = false } = {},
): Promise<[FileSystemDirectoryHandle, string]> {
  const parts = path.split('/');
  const name = parts.pop()!;
  let at = folder;
  for (const part of parts) at = await at.getDirectoryHandle(part, { create });
  return [at, name];
}

async function handleOf(
  folder: FileSystemDirectoryHandle,
  path: string,
): Promise<FileSystemFileHandle | undefined> {
  try {
    const [at, name] = await placeOf(folder, path);
    return await at.getFileHandle(name);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

function isMissing(error: unknown): boolean {
  const { name } = error as DOMException;
  return name === 'NotFoundError' || name === 'TypeMismatchError';
}

const REASONS: Readonly<Record<string, readonly [reason: string, fix: string]>> = {
  QuotaExceededError: [
    'the room that the browser gives this site is used up, and what stood there is as it was',
    'Delete runs that are not needed, and try again; a training may go on meanwhile, and be downloaded',
  ],
  NotFoundError: ["it is gone: the browser's data of this site were cleared", 'Train anew'],
  NoModificationAllowedError: ['another tab has it open', 'Close that tab'],
};

/** What the browser refuses, as an `E_IO` that says why and what to do. */
async function inWords<Result>(path: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (cause) {
    const { name, message } = cause as DOMException;
    const [reason, fix] = REASONS[name] ?? [
      `the browser says '${message}'`,
      'Download what matters: there may be no more room, and runs that are not needed take some',
    ];
    throw new LatentkitError('E_IO', `could not write ${path}: ${reason}`, { fix, cause });
  }
}
