import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { cp, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join, normalize } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { LatentkitError } from '@latentkit/core';
import { checkBy, openFields, record, textLike, whole } from '@latentkit/core/schema';
import { parseJson } from '@latentkit/formats';
import { diskError, isMissing, isRunning, isThere, makeFolders } from '@latentkit/formats/node';
import { canonicalJson } from '../canonical-json.ts';
import type { Json } from '../job.ts';

// A job's folder is named by its id, on a disk that all workers see:
//   run/                 the result, whole: it came here by a rename, and nobody writes in it any more
//   run.<attempt>.partial/ what somebody is making, or was when he died
//   checkpoint.<order>/  from where to go on: the highest counts
const RUN = 'run';
const PARTIAL = /^run\.(\d+)\.partial$/;
const CHECKPOINT = /^checkpoint\.(\d+)$/;
const RESULT = 'result.json';
const OWNER = 'attempt.json';
const hash = textLike(/^[0-9a-f]{64}$/, 'be a SHA-256 of 64 hexadecimal digits');
const resultSchema = openFields({
  version: whole(1, 1),
  id: hash,
  files: record(hash, 'be an object of hashes'),
});

/** A result as it lies in the store. */
export interface StoredResult {
  readonly value: Json;
  /** SHA-256 by path. */
  readonly files: Readonly<Record<string, string>>;
}

/** From where another worker goes on. */
export interface JobCheckpoint {
  /** How far it is, in the program's own count. */
  readonly order: number;
  /** Where it lies: to be read, never to be written. */
  readonly folder: string;
}

/**
 * The folder in which a finished job's files lie.
 *
 * @param folder the store: `WorkOptions.folder`.
 * @example
 * jobRunFolder('jobs', id); // 'jobs/5f0c.../run'
 */
export function jobRunFolder(folder: string, id: string): string {
  return join(folder, checkId(id), RUN);
}

/** One attempt at a job. */
export interface Attempt {
  /** To be written into. */
  readonly folder: string;
  /** Where an earlier attempt came to. */
  readonly checkpoint: JobCheckpoint | undefined;
  /** Keeps a copy of what lies in a folder, to go on from; lower orders go. */
  saveCheckpoint(from: string, order: number): Promise<void>;
  /**
   * Puts the result in its place. Who comes second has the first's, once the two are seen to be the same.
   *
   * @throws `E_CHECKSUM` where they differ: what was made second stays beside it, as `.partial`.
   */
  finish(value: Json, files: readonly string[]): Promise<StoredResult>;
  /** Takes away what was made. */
  discard(): Promise<void>;
}

/** The result of a job, where it is done. */
export async function readResult(folder: string, id: string): Promise<StoredResult | undefined> {
  try {
    return await parseResult(join(jobRunFolder(folder, id), RESULT), id);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** A folder that was copied to another job's place is not that job's result. */
async function parseResult(path: string, id: string): Promise<StoredResult> {
  const result = parseJson(await readFile(path, 'utf8'), path);
  const { id: own, value, files } = checkBy(resultSchema, result, path, 'E_FORMAT');
  if (own === id) return { value: value as Json, files };
  throw new LatentkitError('E_CHECKSUM', `${path} is the result of job ${own}, expected that of ${id}`, {
    fix: `Delete ${join(path, '../..')}, and run the same command again`,
  });
}

/** Begins an attempt, with a folder that is nobody else's. */
export async function openAttempt(store: string, id: string): Promise<Attempt> {
  const home = join(store, checkId(id));
  try {
    await makeFolders(home);
    const checkpoint = await newestCheckpoint(home);
    const folder = await makePartial(home);
    return attemptIn(home, id, folder, checkpoint);
  } catch (error) {
    throw error instanceof LatentkitError ? error : diskError(home, error);
  }
}

function attemptIn(home: string, id: string, folder: string, checkpoint: JobCheckpoint | undefined): Attempt {
  return {
    folder,
    checkpoint,
    saveCheckpoint: (from, order) => saveCheckpoint(home, from, order),
    async finish(value, files) {
      const hashes = await hashFiles(folder, files);
      const result = { version: 1, id, value, files: hashes };
      try {
        await writeFile(join(folder, RESULT), `${canonicalJson(result, 'the result')}\n`);
        await rm(join(folder, OWNER), { force: true });
        await rename(folder, join(home, RUN));
      } catch (error) {
        if (!isTaken(error)) throw diskError(folder, error);
        return compareWithFirst(home, folder, id, result);
      }
      await tidy(home);
      return { value, files: hashes };
    },
    discard: () => rm(folder, { recursive: true, force: true }),
  };
}

/** Ids become names of folders: nothing else may. */
function checkId(id: string): string {
  return checkBy(hash, id, 'id');
}

/** A folder of the lowest number that nobody has taken. */
async function makePartial(home: string): Promise<string> {
  const taken = (await readdir(home)).map((name) => Number(PARTIAL.exec(name)?.[1] ?? 0));
  for (let attempt = Math.max(0, ...taken) + 1; ; attempt++) {
    const folder = join(home, `run.${attempt}.partial`);
    try {
      await mkdir(folder);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') continue;
      throw error;
    }
    await writeFile(join(folder, OWNER), JSON.stringify({ pid: process.pid, host: hostname() }));
    return folder;
  }
}

async function newestCheckpoint(home: string): Promise<JobCheckpoint | undefined> {
  const orders = await checkpointOrders(home);
  if (orders.length === 0) return undefined;
  const order = Math.max(...orders);
  return { order, folder: join(home, `checkpoint.${order}`) };
}

async function checkpointOrders(home: string): Promise<number[]> {
  return (await readdir(home)).flatMap((name) => CHECKPOINT.exec(name)?.[1] ?? []).map(Number);
}

async function saveCheckpoint(home: string, from: string, order: number): Promise<void> {
  const folder = join(home, `checkpoint.${order}`);
  const copy = `${folder}.${hostname()}-${process.pid}.partial`;
  try {
    await cp(from, copy, { recursive: true });
    await rename(copy, folder);
  } catch (error) {
    await rm(copy, { recursive: true, force: true });
    if (!isTaken(error)) throw diskError(folder, error); // somebody else came as far, to the same bytes
  }
  // Another attempt finished meanwhile, and tidied up before this was here.
  if (await isThere(join(home, RUN))) return tidy(home);
  const older = (await checkpointOrders(home)).filter((other) => other < order);
  for (const other of older) await rm(join(home, `checkpoint.${other}`), { recursive: true, force: true });
}

/** A folder of that name is there, and is not empty. */
function isTaken(error: unknown): boolean {
  return ['ENOTEMPTY', 'EEXIST'].includes((error as NodeJS.ErrnoException).code ?? '');
}

async function compareWithFirst(
  home: string,
  folder: string,
  id: string,
  second: StoredResult,
): Promise<StoredResult> {
  const first = await parseResult(join(home, RUN, RESULT), id);
  const parts = [['the value', first.value, second.value] as const, ...fileParts(first.files, second.files)];
  const differing = parts.find(([, one, other]) => canonicalJson(one) !== canonicalJson(other));
  if (differing) {
    throw new LatentkitError(
      'E_CHECKSUM',
      `job ${id}: ${differing[0]} of ${folder} is not that of ${join(home, RUN)}, which was finished first`,
      { fix: 'One job must have one result: compare the two, and the machines that made them' },
    );
  }
  await rm(folder, { recursive: true, force: true });
  return first;
}

function fileParts(one: StoredResult['files'], other: StoredResult['files']) {
  const paths = [...new Set([...Object.keys(one), ...Object.keys(other)])].sort();
  return paths.map((path) => [path, one[path] ?? null, other[path] ?? null] as const);
}

/** Takes away checkpoints, and what processes of this machine left that are dead. */
async function tidy(home: string): Promise<void> {
  for (const name of await readdir(home).catch(() => [])) {
    const path = join(home, name);
    const isOver = name.startsWith('checkpoint.') || (PARTIAL.test(name) && (await isAbandoned(path)));
    if (isOver) await rm(path, { recursive: true, force: true }).catch(() => undefined);
  }
}

async function isAbandoned(partial: string): Promise<boolean> {
  try {
    const { pid, host } = JSON.parse(await readFile(join(partial, OWNER), 'utf8')) as {
      pid: number;
      host: string;
    };
    return host === hostname() && !isRunning(pid);
  } catch {
    return false; // not written yet, or being finished
  }
}

async function hashFiles(folder: string, files: readonly string[]): Promise<Record<string, string>> {
  const hashes: Record<string, string> = {};
  for (const path of [...files].sort()) {
    if (normalize(path) !== path || /^(\.\.|[/\\])/.test(path)) {
      throw new LatentkitError('E_USAGE', `a job's file must be a path inside its folder, got '${path}'`);
    }
    const sha = createHash('sha256');
    try {
      await pipeline(createReadStream(join(folder, path)), sha);
    } catch (error) {
      throw diskError(join(folder, path), error);
    }
    hashes[path] = sha.digest('hex');
  }
  return hashes;
}
