import type { CarriedError } from '@latentkit/core';
import type { Job, Json } from '../job.ts';
import type { StoredResult } from './job-store.ts';

/** What a worker tells its child process. */
export type ToChild =
  | { readonly type: 'job'; readonly id: string; readonly job: Job; readonly folder: string }
  /** Ends the job: it is wanted no more, or left for another worker. */
  | { readonly type: 'stop' };

/** What a child process tells its worker. */
export type FromChild =
  /** It has the job: before, it was starting. */
  | { readonly type: 'begun' }
  | { readonly type: 'progress'; readonly progress: Json }
  | ({ readonly type: 'done' } & StoredResult)
  | { readonly type: 'stopped' }
  /** `isFinal`: another attempt would come to the same. */
  | { readonly type: 'failed'; readonly error: CarriedError; readonly isFinal: boolean };
