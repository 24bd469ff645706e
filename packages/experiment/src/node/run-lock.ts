import { randomUUID } from 'node:crypto';
import { link, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { LatentkitError } from '@latentkit/core';
import { checkValue, pathRule } from '@latentkit/core/options';
import { diskError, isRunning } from '@latentkit/formats/node';
import * as v from 'valibot';

/** The file that says which process writes a run. */
export const LOCK_FILE = 'run.lock';

const ATTEMPTS = 10;
const SAME_MS = 1000; // a process's begin is worked out anew each time
const PAUSE_MS = 20; // for the owner to write its name into the lock that it has just made

const ownerSchema = v.object({
  token: v.string(),
  pid: v.number(),
  host: v.string(),
  /** When the process began, in ms: another one may get its number later, or have it in another container. */
  began: v.number(),
});

type Owner = v.InferOutput<typeof ownerSchema>;

/** A folder that this process alone writes. */
export interface RunLock {
  /** Whether it is the one that was locked: not deleted, moved or replaced. */
  isOurs(): Promise<boolean>;
  /** @throws `E_IO` when it is not. */
  check(): Promise<void>;
  /** Gives the folder free; leaves a lock alone that is not ours any more. */
  release(): Promise<void>;
}

/**
 * Locks a folder, which is there, for this process.
 *
 * A lock whose process is dead is taken over. Of several that find one, the one that moves it aside first has it.
 *
 * @throws `E_EXISTS` naming the owner when another run writes there; `E_IO` when the disk refuses.
 */
export async function lockFolder(path: string): Promise<RunLock> {
  checkValue('lockFolder', 'path', path, pathRule);
  const file = join(path, LOCK_FILE);
  const me: Owner = { token: randomUUID(), ...thisProcess() };
  try {
    for (let attempt = 1; !(await create(file, me)); attempt++) {
      const owner = await readOwner(file);
      if (owner && isAlive(owner)) throw inUse(path, owner);
      if (attempt === ATTEMPTS) throw inUse(path);
      if (owner || attempt > ATTEMPTS / 2) await takeAway(file, owner, me);
      else await setTimeout(PAUSE_MS);
    }
    const { ino, dev } = await stat(path);
    const isOurs = async () => {
      const [now, owner] = await Promise.all([stat(path).catch(() => undefined), readOwner(file)]);
      return now?.ino === ino && now.dev === dev && owner?.token === me.token;
    };
    return {
      isOurs,
      async check() {
        if (await isOurs()) return;
        throw new LatentkitError('E_IO', `${path} was deleted, moved or replaced while its run was written`, {
          fix: 'Leave the folder of a run where it is; nothing was written anywhere else',
        });
      },
      async release() {
        if (await isOurs()) await rm(file, { force: true });
      },
    };
  } catch (cause) {
    throw cause instanceof LatentkitError ? cause : diskError(file, cause);
  }
}

/** What a folder's lock says: there is none; its process lives; or it died and left the lock behind. */
export async function lockState(path: string): Promise<'free' | 'held' | 'abandoned'> {
  checkValue('lockState', 'path', path, pathRule);
  const file = join(path, LOCK_FILE);
  const owner = await readOwner(file);
  if (owner) return isAlive(owner) ? 'held' : 'abandoned';
  return stat(file).then(
    () => 'held',
    () => 'free',
  );
}

/** @throws `E_EXISTS` when a process that lives writes a run there. */
export async function checkUnlocked(path: string): Promise<void> {
  const owner = await readOwner(join(path, LOCK_FILE));
  if (owner && isAlive(owner)) throw inUse(path, owner);
}

/** Makes a lock, with its owner's name in it from the beginning; false where there is one. */
async function create(file: string, owner: Owner): Promise<boolean> {
  const text = JSON.stringify(owner);
  const aside = `${file}.${owner.token}.tmp`;
  try {
    await writeFile(aside, text, { flag: 'wx' });
    await link(aside, file).catch(async (error: NodeJS.ErrnoException) => {
      if (error.code === 'EEXIST') throw error;
      await writeFile(file, text, { flag: 'wx' }); // a disk without hard links: for a moment nobody's name is in it
    });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(aside, { force: true });
  }
}

async function readOwner(file: string): Promise<Owner | undefined> {
  try {
    return v.parse(ownerSchema, JSON.parse(await readFile(file, 'utf8')));
  } catch {
    return undefined;
  }
}

/** Removes the lock of a dead owner; one that another process has made meanwhile stays. */
async function takeAway(file: string, dead: Owner | undefined, { token }: Owner): Promise<void> {
  const aside = `${file}.${token}.tmp`;
  try {
    await rename(file, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  const taken = await readOwner(aside);
  if (taken?.token === dead?.token) await rm(aside, { force: true });
  else await rename(aside, file); // whoever made it checks that it is there before each write
}

function thisProcess(): Pick<Owner, 'pid' | 'host' | 'began'> {
  return { pid: process.pid, host: hostname(), began: Date.now() - 1000 * process.uptime() };
}

/** Of another machine we cannot know: it counts as alive. */
function isAlive({ pid, host, began }: Owner): boolean {
  const me = thisProcess();
  if (host !== me.host) return true;
  if (pid === me.pid) return Math.abs(began - me.began) < SAME_MS;
  return isRunning(pid);
}

function inUse(path: string, owner?: Owner): LatentkitError {
  const who = owner ? ` (process ${owner.pid} on ${owner.host})` : '';
  return new LatentkitError('E_EXISTS', `${path} is being written by another run${who}`, {
    fix: `Choose another folder, or wait for its end; if no such run is left, delete ${join(path, LOCK_FILE)}`,
  });
}
