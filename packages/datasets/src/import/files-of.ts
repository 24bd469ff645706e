import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { LatentkitError } from '@latentkit/core';
import { checkValue, pathRule } from '@latentkit/core/options';
import type { ImportFile } from './unpack-files.ts';

/**
 * The files of a folder and of all folders in it, in the order of their names, each read when its turn comes; or the one file
 * that is named. Links are followed to files, not to folders.
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

/** Plain bytes: a `Buffer` copies where it should not, and the other way round. */
async function readBytes(path: string): Promise<Uint8Array> {
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
    } else if (entry.isFile() || (await isLinkToFile(path))) yield fileAt(path, name);
  }
}

async function isLinkToFile(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isFile() ?? false;
}
