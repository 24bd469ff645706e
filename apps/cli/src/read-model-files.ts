import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { LatentkitError } from '@latentkit/core';
import { missingPath, RUN_FILES } from '@latentkit/experiment/node';
import { requireFile } from '@latentkit/formats/node';

/** Files that a model of another program comes in; a folder may hold others beside them. */
const MODEL_FILES = /\.(onnx|keras|h5|hdf5|safetensors|pt|pth|ckpt)$|^config\.json$/i;
/** Those of TensorFlow.js: a model, and its weights beside it. */
const [TFJS_MODEL, TFJS_FILES] = ['model.json', /^model\.json$|\.bin$/];
const PARTS = ['encoder', 'decoder'];
const MOST_BYTES = 2 ** 30;

interface NamedPath {
  readonly name: string;
  readonly path: string;
}

/**
 * The files of a model by their names: those that are named, or those of a folder.
 *
 * @throws `E_NOT_FOUND` where one is not there, or a folder holds none; `E_LIMIT` for one that is larger than 1 GiB; `E_IO` when the disk refuses.
 */
export async function readModelFiles(paths: readonly string[]): Promise<Record<string, Uint8Array>> {
  const files: Record<string, Uint8Array> = {};
  for (const { name, path } of (await Promise.all(paths.map(filesOf))).flat()) {
    if (name in files) {
      throw new LatentkitError('E_USAGE', `two of the files are called ${name}`, {
        fix: 'Name those of one model',
      });
    }
    files[name] = await read(path);
  }
  return files;
}

/** Whether a folder is a run's, or what is left of one. */
export async function isRunFolder(path: string): Promise<boolean> {
  return stat(join(path, RUN_FILES.metrics)).then(
    (found) => found.isFile(),
    () => false,
  );
}

async function filesOf(path: string): Promise<NamedPath[]> {
  const found = await stat(path).catch(() => undefined);
  if (!found) throw await missingPath(path, { files: true });
  if (!found.isDirectory()) {
    if (basename(path) !== TFJS_MODEL) return [{ name: basename(path), path }];
    return filesIn(dirname(path), TFJS_FILES, `${basename(dirname(resolve(path)))}/`);
  }
  const all = [await filesIn(path, MODEL_FILES)];
  for (const part of PARTS) all.push(await filesIn(join(path, part), TFJS_FILES, `${part}/`));
  if (all.flat().length === 0) all.push(await filesIn(path, TFJS_FILES));
  if (all.flat().length > 0) return all.flat();
  throw new LatentkitError('E_NOT_FOUND', `${path} holds no file of a model`, {
    fix: 'Name a file: .onnx, .keras, .h5, .safetensors, .pt, model.json',
  });
}

async function filesIn(folder: string, wanted: RegExp, before = ''): Promise<NamedPath[]> {
  const names = await readdir(folder).catch((): string[] => []); // it need not be there
  return names
    .filter((name) => wanted.test(name))
    .sort()
    .map((name) => ({ name: `${before}${name}`, path: join(folder, name) }));
}

async function read(path: string): Promise<Uint8Array> {
  try {
    await requireFile(path);
    const { size } = await stat(path);
    if (size > MOST_BYTES) {
      throw new LatentkitError('E_LIMIT', `${path} has ${size} bytes, expected at most ${MOST_BYTES}`);
    }
    const { buffer, byteOffset, byteLength } = await readFile(path);
    return new Uint8Array(buffer, byteOffset, byteLength);
  } catch (cause) {
    if (cause instanceof LatentkitError) throw cause;
    throw new LatentkitError('E_IO', `could not read ${path}: ${(cause as Error).message}`, { cause });
  }
}
