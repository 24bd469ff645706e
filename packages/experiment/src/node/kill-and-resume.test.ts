import { fork } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createRandom, Stream } from '@latentkit/core';
import { afterAll, expect, it } from 'vitest';
import { RUN_FILES } from '../files/run-files.ts';
import { filesOf, linesOf } from '../testing/read-run.ts';
import { tempDirectory } from '../testing/temp-directory.ts';
import type { Kill, Work } from '../testing/train-to-a-kill.ts';
import { loadCheckpoint } from './load-run.ts';

const PROGRAM = fileURLToPath(new URL('../testing/train-to-a-kill.ts', import.meta.url));
const EPOCHS = 9;
const BATCHES = 4; // an epoch
const SEED = 2;
const root = tempDirectory();

/**
 * 20 moments: two before there is anything to go on from, sixteen in training, two in what comes after it. The second writing
 * of metrics is that of a row, the first one that of those so far.
 */
function killsOf(seed: number): Kill[] {
  const random = createRandom({ seed, stream: Stream.shuffle });
  const checkpoint = 'checkpoint.safetensors';
  const upTo = (limit: number) => ({ count: 1 + random.integer(limit), share: random.uniform() });
  const kinds: (() => Kill)[] = [
    () => ({ at: 'step', ...upTo(5) }),
    () => ({ at: 'write', file: checkpoint, ...upTo(3) }),
    () => ({ at: 'write', file: RUN_FILES.metrics, ...upTo(2) }),
    () => ({ at: 'rename', file: checkpoint, ...upTo(3) }),
    () => ({ at: 'write', file: RUN_FILES.table, ...upTo(2) }),
  ];
  return [
    { at: 'write', file: RUN_FILES.data, count: 1 },
    { at: 'write', file: checkpoint, count: 1 },
    ...Array.from({ length: 16 }, (_, i) => kinds[i % kinds.length]!()),
    { at: 'write', file: RUN_FILES.weights, count: 1 },
    { at: 'write', file: RUN_FILES.report, count: 1 },
  ];
}

interface Program {
  /** Lets it do its work; what it said and how it ended. */
  run(
    work: Work,
  ): Promise<{ said: string; signal: NodeJS.Signals | null; code: number | null; errors: string }>;
  stop(): void;
}

/** Started before it is needed: most of the time of a short process is its beginning. */
function startProgram(): Program {
  const child = fork(PROGRAM, {
    silent: true,
    env: { ...process.env, NODE_COMPILE_CACHE: join(root, 'cache') },
  });
  const texts = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name]!.on('data', (chunk: Buffer) => {
      texts[name] += chunk.toString();
    });
  }
  const ready = new Promise<void>((resolve) => child.once('message', () => resolve()));
  const end = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) =>
    child.on('close', (code, signal) => resolve({ code, signal })),
  );
  return {
    async run(work) {
      await Promise.race([ready, end]);
      if (child.connected) child.send(work);
      const { code, signal } = await end;
      return { said: texts.stdout, errors: texts.stderr, code, signal };
    },
    stop: () => child.kill('SIGKILL'),
  };
}

let waiting = startProgram();
afterAll(() => waiting.stop());

async function run(work: Work) {
  const program = waiting;
  waiting = startProgram();
  return program.run(work);
}

/** What must be the same: all but times. */
async function resultOf(out: string) {
  const hash = (name: string) =>
    createHash('sha256')
      .update(readFileSync(join(out, name)))
      .digest('hex');
  const { progress, weights, slots, bestWeights } = await loadCheckpoint(out);
  const { history, epochSeconds: _, ...rest } = progress;
  const timeless = (line: string) => ({ ...JSON.parse(line), seconds: 0 });
  return {
    weights: hash(RUN_FILES.weights),
    model: hash(RUN_FILES.model),
    config: hash(RUN_FILES.config),
    data: hash(RUN_FILES.data),
    rows: linesOf(out).map(timeless),
    history: history.map((row) => ({ ...row, seconds: 0 })),
    table: readFileSync(join(out, RUN_FILES.table), 'utf8').trimEnd().split('\n').length,
    checkpoint: { rest, weights, slots, bestWeights },
    files: filesOf(out),
  };
}

it('20 kills, with 1 and 2 workers and none in turn, end in the bytes of a run that nobody killed', async () => {
  const unbroken = join(root, 'unbroken');
  expect(await run({ out: unbroken, epochs: EPOCHS, workers: 1 })).toMatchObject({ code: 0, errors: '' });
  const out = join(root, 'killed');
  const places: string[] = [];
  for (const [i, kill] of killsOf(SEED).entries()) {
    const how = [{ workers: 1 }, { workers: 2 }, { eager: true }][i % 3]!;
    const { said, signal, errors } = await run({ out, epochs: EPOCHS, kill, ...how });
    expect({ signal, errors, kill }).toEqual({ signal: 'SIGKILL', errors: '', kill });
    if (kill.file) expect(said).toBe(`${kill.at} ${kill.file}`);
    places.push(said);
  }
  const isInMidEpoch = (said: string) => said.startsWith('step') && !said.endsWith(`/${BATCHES}`);
  expect(places.filter(isInMidEpoch).length).toBeGreaterThan(2);
  expect(await run({ out, epochs: EPOCHS, workers: 2 })).toMatchObject({ code: 0, errors: '' });
  expect(await resultOf(out)).toEqual(await resultOf(unbroken));
});
