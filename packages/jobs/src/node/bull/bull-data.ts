import type { CarriedError } from '@latentkit/core';
import type { Job, Json } from '../../job.ts';

/** What lies on the server of a job: written by who hands it in. */
export interface BullData {
  readonly job: Job;
  readonly isCancelled?: boolean;
}

/** What its worker says of it. */
export interface BullProgress {
  readonly progress?: Json;
  /** Why the last attempt failed: BullMQ itself keeps no more than the message. */
  readonly error?: CarriedError;
}
