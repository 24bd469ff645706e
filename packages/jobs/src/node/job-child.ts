import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { LatentkitError, packError } from '@latentkit/core';
import type { Job, Json } from '../job.ts';
import type { WorkOptions } from '../job-queue.ts';
import type { FromChild, ToChild } from './messages.ts';

/** How an attempt ended. */
export type Answer = Exclude<FromChild, { type: 'progress' }>;

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

/** A child process, started with its first job. */
export function createJobChild({ program, arguments: words = [], folder }: WorkOptions): JobChild {
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
    async run(id, job, { signal, onProgress }) {
      if (signal.aborted) return { type: 'stopped' };
      child ??= start();
      return attempt(child, { type: 'job', id, job, folder }, signal, onProgress);
    },
    async end() {
      if (child) await endChild(child);
    },
  };
}

function attempt(
  child: ChildProcess,
  message: ToChild,
  signal: AbortSignal,
  onProgress: (progress: Json) => void,
): Promise<Answer> {
  return new Promise((resolve) => {
    let killer: NodeJS.Timeout | undefined;
    const settle = (answer: Answer) => {
      clearTimeout(killer);
      signal.removeEventListener('abort', stop);
      child.off('message', hear).off('exit', died).off('error', failed);
      resolve(answer);
    };
    const hear = (heard: FromChild) => {
      if (heard.type === 'progress') onProgress(heard.progress);
      else settle(heard);
    };
    const died = (code: number | null, by: NodeJS.Signals | null) => {
      if (signal.aborted) return settle({ type: 'stopped' });
      const words = by ? `was killed by ${by}` : `exited with code ${code}`;
      const error = new LatentkitError('E_IO', `the process that did the job ${words}`, {
        fix: 'Where memory is short, work with fewer children',
      });
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
