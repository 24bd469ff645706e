import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { LatentkitError } from '@latentkit/core';
import { checkValue, pathRule } from '@latentkit/core/options';
import type { ImportFile } from './unpack-files.ts';

/**
 * The files of a folder and of all folders in it, in the order of their names, each read when its turn comes; or the one file
 * that is named. Links are followed to files; of others, and of what is no file, reading says so.
 *
 * @throws `E_NOT_FOUND` where there is nothing of that name; `E_IO` where it cannot be looked at.
 * @example
 * const { dataset, report } = await importFiles(filesOf('faces'), { size: 28 });
 */
export async function* filesOf(path: string): AsyncGenerator<ImportFile> {
  checkValue('filesOf', 'path', path, pathRule);
  const found = await stat(path).catch((cause: NodeJS.ErrnoException) => {
    const reason = cause.code === 'ENOENT' ? 'there is no such file or folder' : cause.message;
    throw new LatentkitError('E_NOT_FOUND', `cannot read ${path}: ${reason}`, { cause });
  });
  if (found.isDirectory()) yield* walk(path, '');
  else if (found.isFile()) yield fileAt(path, basename(path));
  else {
    throw new LatentkitError(
      'E_FORMAT',
      `cannot read ${path}: it is no file and no folder, but a pipe or a device`,
      {
        fix: 'Write what it holds into a file',
      },
    );
  }
}

function fileAt(path: string, name: string): ImportFile {
  let first: string | undefined; // what it was when it was first looked at
  const look = (): number => {
    const { size, mtimeNs, ino } = statSync(path, { bigint: true });
    const now = `${size} ${mtimeNs} ${ino}`;
    first ??= now;
    if (now === first) return Number(size);
    throw new LatentkitError('E_IO', `${path} has changed while it was read`, {
      fix: 'Wait until nothing writes to it, and read it again',
    });
  };
  return {
    name,
    bytes: () => readBytes(path),
    pieces: {
      get size() {
        return inWords(path, look); // asked for where pieces are of use
      },
      read(from, to) {
        const bytes = inWords(path, () => readPiece(path, from, to));
        inWords(path, look);
        return bytes;
      },
    },
  };
}

/** What goes wrong with a file, as an `E_IO` that names it. */
function inWords<Value>(path: string, read: () => Value): Value {
  try {
    return read();
  } catch (cause) {
    if (cause instanceof LatentkitError) throw cause;
    throw new LatentkitError('E_IO', `cannot read ${path}: ${(cause as Error).message}`, { cause });
  }
}

function readPiece(path: string, from: number, to: number): Uint8Array {
  const bytes = new Uint8Array(to - from);
  const file = openSync(path, 'r');
  try {
    for (let done = 0; done < bytes.length; ) {
      const got = readSync(file, bytes, done, bytes.length - done, from + done);
      if (got === 0) throw new LatentkitError('E_FORMAT', `${path} has become shorter while it was read`);
      done += got;
    }
  } finally {
    closeSync(file);
  }
  return bytes;
}

const MOST_WHOLE = 2 ** 31 - 1; // bytes, that Node reads at once

/** Plain bytes: a `Buffer` copies where it should not, and the other way round. */
async function readBytes(path: string): Promise<Uint8Array> {
  const { size } = await stat(path);
  if (size > MOST_WHOLE) {
    throw new LatentkitError(
      'E_LIMIT',
      `${path} has ${size} bytes, more than the ${MOST_WHOLE} that are read into memory`,
      {
        fix: 'Images as an array of bytes (.npy, uint8) are packed piece by piece, and trained from without memory: packFiles, latentkit pack. Else cut it into several files',
      },
    );
  }
  const { buffer, byteOffset, byteLength } = await readFile(path);
  return new Uint8Array(buffer, byteOffset, byteLength);
}

async function* walk(folder: string, prefix: string): AsyncGenerator<ImportFile> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((cause: Error) => {
    throw new LatentkitError('E_IO', `cannot read the folder ${folder}: ${cause.message}`, { cause });
  });
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const [path, name] = [join(folder, entry.name), `${prefix}${entry.name}`];
    if (entry.isDirectory()) {
      if (!entry.name.startsWith('.')) yield* walk(path, `${name}/`);
    } else if (entry.isFile()) yield fileAt(path, name);
    else {
      const found = await stat(path).catch(() => undefined); // of what a link leads to
      yield found?.isFile() ? fileAt(path, name) : noFile(name, whatIs(entry.isSymbolicLink(), found));
    }
  }
}

/** What is left out where files are listed, and why. */
function noFile(name: string, what: string): ImportFile {
  return {
    name,
    bytes: () => {
      throw new LatentkitError('E_FORMAT', what);
    },
  };
}

function whatIs(isLink: boolean, found: Awaited<ReturnType<typeof stat>> | undefined): string {
  if (!found) return isLink ? 'it is a link that leads nowhere' : 'it is gone';
  if (found.isDirectory()) return 'it is a link to a folder, which is not followed: name that folder itself';
  return 'it is no file, but a pipe or a device';
}
