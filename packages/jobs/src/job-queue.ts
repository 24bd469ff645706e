import type { CarriedError } from '@latentkit/core';
import type { Job, Json } from './job.ts';

/** `waiting` for a worker (again, after a fault), being worked on, or ended in one of three ways. */
export type JobState = 'waiting' | 'running' | 'done' | 'failed' | 'cancelled';

/** How a job is getting on. */
export interface JobStatus {
  readonly id: string;
  readonly kind: string;
  readonly state: JobState;
  /** How often it was begun. */
  readonly attempts: number;
  /** What its program said last: `{ epoch: 3, epochs: 10 }`. */
  readonly progress?: Json;
  /** Why it failed. */
  readonly error?: CarriedError;
}

/** How a job ended. */
export type JobOutcome =
  | {
      readonly id: string;
      readonly state: 'done';
      /** What its program returned. */
      readonly value: Json;
      /** The SHA-256 of each file that belongs to the result, by its path in the job's folder. */
      readonly files: Readonly<Record<string, string>>;
    }
  | { readonly id: string; readonly state: 'failed'; readonly error: CarriedError }
  | { readonly id: string; readonly state: 'cancelled' };

/** What a worker tells as it goes, for a table or a log. */
export interface JobEvent {
  readonly type: 'started' | 'progress' | 'retried' | 'stopped' | JobOutcome['state'];
  readonly id: string;
  readonly kind: string;
  /** How often the job was begun, from 1. */
  readonly attempt: number;
  readonly progress?: Json;
  /** Why it failed, or is tried again. */
  readonly error?: CarriedError;
  readonly seconds?: number;
}

export interface EnqueueOptions {
  /** How often a job is begun at most: a child that dies and a disk that refuses are tried again, wrong settings are not. */
  attempts?: number;
}

export interface WorkOptions {
  /** The program that does the jobs, a module that calls `serveJobs`: it runs in child processes. */
  program: string | URL;
  /** Its arguments: what this worker allows is said here, never by a job. */
  arguments?: readonly string[];
  /** Where results lie: the same folder for all workers. */
  folder: string;
  /** How many jobs are under way at once, each in a process of its own. */
  children?: number;
  /**
   * After how many seconds without a word of progress an attempt is taken for hung: its process is killed, and the job tried again. An
   * hour by default, from the start and from each call of `progress`; a process that is starting has a minute at least.
   */
  progressDeadlineSeconds?: number;
  /** Ends the work: jobs under way keep their checkpoints and wait for another worker. */
  signal?: AbortSignal;
  onEvent?: (event: JobEvent) => void;
}

export interface ResultsOptions {
  signal?: AbortSignal;
}

/**
 * A queue of jobs: five functions, whatever carries them. Jobs are delivered at least once; their results are kept once.
 *
 * @example
 * const queue = createPoolQueue();
 * const ids = await queue.enqueue([{ kind: 'square', payload: { of: 7 }, codeVersion: '1' }]);
 * const stop = new AbortController();
 * const working = queue.work({ program: new URL('./program.js', import.meta.url), folder: 'jobs', signal: stop.signal });
 * for await (const outcome of queue.results(ids)) console.log(outcome);
 * stop.abort();
 * await working;
 */
export interface JobQueue {
  /**
   * Hands jobs in, and returns their ids in the same order. One that is there already is not added again, unless it failed or was
   * cancelled: then it is tried anew.
   *
   * @throws `E_CONFIG`, `E_LIMIT` as `checkJob`, before any is added.
   */
  enqueue(jobs: readonly Job[], options?: EnqueueOptions): Promise<string[]>;
  /**
   * Works on jobs until the signal: what is thrown is a fault of the worker, never of a job.
   *
   * @throws `E_IO` where the folder cannot be made.
   */
  work(options: WorkOptions): Promise<void>;
  /** How jobs are getting on: these, or all. Ids that the queue does not know are left out. */
  progress(ids?: readonly string[]): Promise<JobStatus[]>;
  /** Stops jobs that have not ended: those under way are told, and killed when they do not listen. */
  cancel(ids: readonly string[]): Promise<void>;
  /**
   * How jobs ended, each as it does, until all have.
   *
   * @throws `E_NOT_FOUND` for an id that the queue does not know; the signal's reason.
   */
  results(ids: readonly string[], options?: ResultsOptions): AsyncGenerator<JobOutcome, void, undefined>;
  /** Leaves the queue. Work under way in this process stops as if its signal had come. */
  close(): Promise<void>;
}
