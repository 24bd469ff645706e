import { existsSync, writeSync } from 'node:fs';
import promises from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { basename, join } from 'node:path';
import type { ExperimentConfig } from '../config-schema.ts';
import { RUN_FILES } from '../files/run-files.ts';
import { loadDataset } from '../node/load-dataset.ts';
import { resumeExperiment } from '../node/resume-experiment.ts';
import { runExperiment } from '../node/run-experiment.ts';
import { tinyConfig, tinyDataset } from './tiny-run.ts';

/** When the process dies. */
export interface Kill {
  /** After a step; in the middle of a file's writing; before it takes the name that is its own. */
  at: 'step' | 'write' | 'rename';
  /** The file that is written. */
  file?: string;
  /** At the how manyeth, from 1. */
  count: number;
  /** How much of it is written. */
  share?: number;
}

/** What a process is to do once it is told. */
export interface Work {
  out: string;
  epochs: number;
  workers?: number;
  eager?: boolean;
  /** A file or folder of its images; drawn digits by default. */
  data?: string;
  kill?: Kill;
}

/** They last as long as the run, and want to know where it is. */
const SCHEDULES: Partial<ExperimentConfig['training']> = {
  learningRate: { type: 'cosine', from: 0.01, to: 0.001 },
  beta: { type: 'linear', from: 0, to: 1 },
};

// A program that trains, or goes on, and kills itself where it is told: what a `kill -9` does, at a place that is always the same.
process.once('message', async (work: Work) => {
  const kill = work.kill && armed(work.kill);
  const dataset =
    work.data === undefined ? tinyDataset() : await loadDataset({ name: 'arrays' }, { data: work.data });
  const run = { dataset, workers: work.workers, eager: work.eager, checkpointMinutes: 1e-9 };
  const config = tinyConfig({}, { epochs: work.epochs, ...SCHEDULES });
  const figures = [{ name: 'loss-curves' as const }]; // it is drawn soon
  const isBegun = existsSync(join(work.out, RUN_FILES.checkpoint));
  const events = isBegun
    ? resumeExperiment({ directory: work.out, ...run })
    : runExperiment({ out: work.out, config: { ...config, figures }, ...run });
  for await (const event of events) {
    if (event.type === 'step') kill?.(`${event.epoch}/${event.batch}`);
  }
  process.disconnect();
});
process.send?.('ready');

/** Watches over what is written, and counts steps as it is called; at the chosen moment the process says which it was and dies. */
function armed({ at, file, count, share = 0.5 }: Kill) {
  let seen = 0;
  const isNow = (what: Kill['at'], name: string) =>
    what === at && (file === undefined || file === name) && ++seen === count;
  const die = (name: string) => {
    writeSync(1, `${at} ${name}`);
    process.kill(process.pid, 'SIGKILL');
  };
  const { open, rename } = promises;
  Object.assign(promises, {
    async open(path: string, flags: string | number) {
      const handle = await open(path, flags);
      const { writeFile } = handle;
      const name = basename(path).replace(/\.[^.]*\.tmp$/, '');
      handle.writeFile = async (content) => {
        const bytes = Buffer.from(content as Uint8Array);
        if (bytes.length === 0 || !isNow('write', name)) return writeFile.call(handle, bytes);
        await writeFile.call(handle, bytes.subarray(0, Math.floor(share * bytes.length)));
        return die(name);
      };
      return handle;
    },
    async rename(from: string, to: string) {
      if (isNow('rename', basename(to))) die(basename(to));
      return rename(from, to);
    },
  });
  syncBuiltinESMExports();
  return (step: string) => {
    if (isNow('step', step)) die(step);
  };
}
