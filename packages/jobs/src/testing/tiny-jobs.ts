// A worker's program for tests: small jobs that do what workers must live with.
import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { LatentkitError } from '@latentkit/core';
import { fields, optional, whole } from '@latentkit/core/schema';
import { type JobKind, serveJobs } from '../node/serve-jobs.ts';
import { memoryInUse } from './memory-in-use.ts';

const square: JobKind<{ of: number }> = {
  kind: 'square',
  payload: fields({ of: whole(0, 1e6) }),
  async run({ payload, folder }) {
    await writeFile(join(folder, 'square.txt'), `${payload.of ** 2}\n`);
    return { value: payload.of ** 2, files: ['square.txt'] };
  },
};

/** A chain of hashes, a link each few milliseconds, from where the checkpoint is: what is lost or doubled on the way shows. */
const count: JobKind<{
  to: number;
  ms?: number;
  dieAt?: number;
  hangAt?: number;
  holdAt?: number;
  failAt?: number;
}> = {
  kind: 'count',
  payload: fields({
    to: whole(1),
    ms: optional(whole(0)),
    dieAt: optional(whole(1)),
    hangAt: optional(whole(1)),
    holdAt: optional(whole(1)),
    failAt: optional(whole(1)),
  }),
  async run({ payload, seed, folder, checkpoint, signal, saveCheckpoint, progress }) {
    const { to, ms = 1, dieAt, hangAt, holdAt, failAt } = payload;
    const from = checkpoint?.order ?? 0;
    let link = checkpoint ? await readFile(join(checkpoint.folder, 'link.txt'), 'utf8') : String(seed);
    await writeFile(join(folder, 'link.txt'), link);
    for (let epoch = from + 1; epoch <= to; epoch++) {
      await wait(ms, undefined, { signal });
      link = createHash('sha256').update(link).digest('hex');
      await writeFile(join(folder, 'link.txt'), link);
      await saveCheckpoint(folder, epoch);
      progress({ epoch, from, pid: process.pid });
      if (epoch === dieAt && from < dieAt - 1) process.kill(process.pid, 'SIGKILL');
      // Not even its event loop turns.
      if (epoch === hangAt && from < hangAt - 1) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
      if (epoch === holdAt && from < holdAt)
        await held(signal, () => progress({ epoch, from, pid: process.pid }));
      if (epoch === failAt) throw new LatentkitError('E_NETWORK', 'the wire is cut');
    }
    return { value: to, files: ['link.txt'] };
  },
};

/** Waits there until the job is left, and says so: whoever is to be killed in the middle is there for as long as it takes. */
function held(signal: AbortSignal, say: () => void): Promise<never> {
  const saying = setInterval(say, 50);
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => {
      clearInterval(saying);
      reject(signal.reason);
    });
  });
}

/** Nothing but computing: rounds of SHA-256. */
const compute: JobKind<{ rounds: number; of: number }> = {
  kind: 'compute',
  payload: fields({ rounds: whole(1), of: whole(0) }),
  async run({ payload: { rounds, of } }) {
    let link = String(of);
    for (let i = 0; i < rounds; i++) link = createHash('sha256').update(link).digest('hex');
    return { value: link };
  },
};

/** Never ends, and listens to nobody. */
const hang: JobKind<object> = {
  kind: 'hang',
  payload: fields({}),
  run: ({ progress }) => {
    progress('hangs');
    return new Promise(() => undefined);
  },
};

/** Bytes of its process: all, and those in use after all that nobody holds was collected. */
const memory: JobKind<{ at: number }> = {
  kind: 'memory',
  payload: fields({ at: whole(0) }),
  run: async () => ({ value: { ...memoryInUse() } }),
};

const die: JobKind<object> = {
  kind: 'die',
  payload: fields({}),
  run: () => process.exit(3),
};

serveJobs([square, count, compute, hang, memory, die], { codeVersion: '1' });
