import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { LatentkitError, packError } from '@latentkit/core';
import type { Job, Json } from '../job.ts';
import type { WorkOptions } from '../job-queue.ts';
import { readResult } from './job-store.ts';
import type { FromChild, ToChild } from './messages.ts';

/** How an attempt ended. */
export type Answer = Exclude<FromChild, { type: 'begun' | 'progress' }>;

export interface AttemptOptions {
  /** Stops the attempt: the child is killed where it does not listen. */
  signal: AbortSignal;
  onProgress(progress: Json): void;
}

/** A child process that does one job at a time, and is started anew where it died. */
export interface JobChild {
  run(id: string, job: Job, options: AttemptOptions): Promise<Answer>;
  end(): Promise<void>;
}

const GRACE = 10_000; // ms: a step of a large model may take seconds
const PROGRESS_DEADLINE = 3600; // s
const START_DEADLINE = 60; // s: a process starts slowly where a machine is busy

/** A child process, started with its first job. */
export function createJobChild({
  program,
  arguments: words = [],
  folder,
  progressDeadlineSeconds = PROGRESS_DEADLINE,
}: WorkOptions): JobChild {
  let child: ChildProcess | undefined;

  const start = () => {
    // Its output is talk: what the worker itself prints on stdout is data.
    const started = fork(pathOf(program), [...words], { execArgv: [], stdio: ['ignore', 2, 2, 'ipc'] });
    started.setMaxListeners(20);
    started.once('exit', () => {
      if (child === started) child = undefined;
    });
    return started;
  };

  return {
    async run(id, job, options) {
      if (options.signal.aborted) return { type: 'stopped' };
      // What is done needs no process; of one that cannot be read, the child says why.
      const known = await readResult(folder, id).catch(() => undefined);
      if (known) return { type: 'done', ...known };
      child ??= start();
      return attempt(child, { type: 'job', id, job, folder }, { ...options, progressDeadlineSeconds });
    },
    async end() {
      if (child) await endChild(child);
    },
  };
}

function attempt(
  child: ChildProcess,
  message: ToChild,
  { signal, onProgress, progressDeadlineSeconds }: AttemptOptions & { progressDeadlineSeconds: number },
): Promise<Answer> {
  return new Promise((resolve) => {
    let killer: NodeJS.Timeout | undefined;
    let isHung = false;
    const hung = () => {
      isHung = true;
      child.kill('SIGKILL'); // its exit is heard
    };
    let deadline = setTimeout(hung, 1000 * Math.max(START_DEADLINE, progressDeadlineSeconds));
    const settle = (answer: Answer) => {
      clearTimeout(killer);
      clearTimeout(deadline);
      signal.removeEventListener('abort', stop);
      child.off('message', hear).off('exit', died).off('error', failed);
      resolve(answer);
    };
    const hear = (heard: FromChild) => {
      if (heard.type !== 'begun' && heard.type !== 'progress') return settle(heard);
      clearTimeout(deadline);
      deadline = setTimeout(hung, 1000 * progressDeadlineSeconds);
      if (heard.type === 'progress') onProgress(heard.progress);
    };
    const died = (code: number | null, by: NodeJS.Signals | null) => {
      if (signal.aborted) return settle({ type: 'stopped' });
      const error = isHung ? hungError(progressDeadlineSeconds) : deathError(code, by);
      settle({ type: 'failed', error: packError(error), isFinal: false });
    };
    const failed = (error: Error) => settle({ type: 'failed', error: packError(error), isFinal: false });
    const stop = () => {
      send({ type: 'stop' });
      killer = setTimeout(() => child.kill('SIGKILL'), GRACE);
    };
    // One that is dying takes no messages: its exit is heard.
    const send = (sent: ToChild) => void child.send(sent, () => undefined);
    child.on('message', hear).on('exit', died).on('error', failed);
    signal.addEventListener('abort', stop);
    send(message);
  });
}

function deathError(code: number | null, by: NodeJS.Signals | null): LatentkitError {
  const words = by ? `was killed by ${by}` : `exited with code ${code}`;
  return new LatentkitError('E_IO', `the process that did the job ${words}`, {
    fix: 'Where memory is short, work with fewer children',
  });
}

function hungError(seconds: number): LatentkitError {
  return new LatentkitError(
    'E_IO',
    `the process that did the job said nothing for ${seconds} s, and was killed as hung`,
    {
      fix: 'Where jobs take as long between two words of progress, give them longer: progressDeadlineSeconds',
    },
  );
}

function endChild(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve();
    const killer = setTimeout(() => child.kill('SIGKILL'), GRACE);
    child.once('exit', () => {
      clearTimeout(killer);
      resolve();
    });
    if (child.connected)
      child.disconnect(); // it exits at that
    else child.kill('SIGKILL');
  });
}

const pathOf = (program: string | URL) => (typeof program === 'string' ? program : fileURLToPath(program));
