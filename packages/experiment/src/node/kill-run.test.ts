import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { type FSWatcher, readFileSync, watch } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';
import { startWasmBackend } from '@latentkit/backend';
import { createRandom, Stream } from '@latentkit/core';
import { beforeAll, expect, it } from 'vitest';
import { filesOf, linesOf } from '../testing/read-run.ts';
import { tempDirectory } from '../testing/temp-directory.ts';
import { tinyConfig } from '../testing/tiny-run.ts';
import { trainRun } from '../testing/train-run.ts';
import { RUN_FILES } from './run-files.ts';

beforeAll(() => startWasmBackend());

const KILLS = 20;
const root = tempDirectory();
const config = tinyConfig(
  {},
  {
    epochs: 8,
    batchSize: 10,
    learningRate: { type: 'cosine', from: 0.01, to: 0.001 },
    beta: { type: 'linear', from: 0, to: 1 },
  },
);

/** A process that says that it is ready, then trains as a line of JSON tells it, a step in some milliseconds. */
const CHILD = `
  import { once } from 'node:events';
  import { flushCompileCache } from 'node:module';
  import { setTimeout } from 'node:timers/promises';
  import { digitsDataset } from '${import.meta.resolve('@latentkit/datasets')}';
  import { resumeExperiment, runExperiment } from '${new URL('../node.ts', import.meta.url)}';
  const dataset = digitsDataset({ train: 200, validation: 40 });
  flushCompileCache(); // who is killed would leave none
  process.stdout.write('ready\\n');
  const { resume, ...options } = JSON.parse((await once(process.stdin, 'data'))[0]);
  const make = resume ? resumeExperiment : runExperiment;
  for await (const { type } of make({ ...options, dataset, checkpointMinutes: 1e-9 })) {
    process.stdout.write(type + '\\n');
    if (type === 'end') process.exit();
    if (type === 'step') await setTimeout(2);
  }`;

function child(): { process: ChildProcess; lines: AsyncIterator<string>; ready: Promise<unknown> } {
  const started = spawn(process.execPath, ['--input-type=module', '-e', CHILD], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, NODE_COMPILE_CACHE: join(root, 'cache') },
  });
  const lines = createInterface({ input: started.stdout! })[Symbol.asyncIterator]();
  return { process: started, lines, ready: lines.next() };
}

/** When a process is killed: so long after its `checkpoints`th checkpoint, or when a file of such a name is being written. */
interface Moment {
  checkpoints: number;
  delay: number;
  writing?: RegExp;
}

/** Trains until a moment, or to the end; says whether it came to the moment. */
async function trainUntil(one: ReturnType<typeof child>, options: object, moment?: Moment): Promise<boolean> {
  let isKilled = false;
  let told = 0;
  const kill = () => {
    isKilled = true;
    one.process.kill('SIGKILL');
  };
  const exit = once(one.process, 'exit');
  await one.ready;
  const watchers: FSWatcher[] = [];
  one.process.stdin!.write(`${JSON.stringify(options)}\n`);
  for (let line = await one.lines.next(); !line.done; line = await one.lines.next()) {
    if (!moment || isKilled) continue;
    const { writing, delay } = moment;
    if (line.value === 'checkpoint') told++;
    if (told < moment.checkpoints || watchers.length > 0) continue;
    if (writing) {
      const look = (_: unknown, name: string | null) => name !== null && writing.test(name) && kill();
      for (const folder of ['.', 'checkpoint']) watchers.push(watch(join(run, folder), look));
    } else {
      await setTimeout(delay);
      kill();
    }
  }
  for (const watcher of watchers) watcher.close();
  await exit;
  return isKilled;
}

const run = join(root, 'run');
const temporaryFiles = () => filesOf(run).filter((name) => name.endsWith('.tmp'));
const outcomeOf = (directory: string) => ({
  weights: createHash('sha256')
    .update(readFileSync(join(directory, RUN_FILES.weights)))
    .digest('hex'),
  rows: linesOf(directory).map((line) => {
    const { seconds: _, ...row } = JSON.parse(line);
    return row;
  }),
});

it(`killed ${KILLS} times at seeded moments, also while a checkpoint or metrics are written, training comes to the same bytes`, async () => {
  const random = createRandom({ seed: 5, stream: Stream.sample, index: 0 });
  const threads = [{ workers: 1 }, { eager: true }, { workers: 2 }];
  const writings = [
    undefined,
    /^checkpoint\.safetensors.*\.tmp$/,
    undefined,
    /^checkpoint\.safetensors.*\.tmp$/,
    /^metrics\./,
  ];
  let [kills, halfWritten] = [0, 0];
  let next = child();
  for (; kills < KILLS; kills++) {
    const one = next;
    next = child(); // it starts meanwhile
    const on = threads[random.integer(threads.length)]!;
    const options = kills === 0 ? { out: run, config, ...on } : { resume: true, directory: run, ...on };
    const writing = kills === 0 ? undefined : writings[random.integer(writings.length)];
    const moment = {
      checkpoints: 1 + random.integer(4),
      delay: random.integer(5),
      ...(writing && { writing }),
    };
    expect(await trainUntil(one, options, moment), `killed for the ${kills + 1}th time`).toBe(true);
    halfWritten += temporaryFiles().length;
  }
  expect(halfWritten).toBeGreaterThan(0);
  expect(await trainUntil(next, { resume: true, directory: run, workers: 2 })).toBe(false);
  const whole = join(root, 'whole');
  await trainRun({ config, out: whole, eager: true });
  expect(outcomeOf(run)).toEqual(outcomeOf(whole));
  expect(temporaryFiles()).toEqual([]);
}, 120_000);
