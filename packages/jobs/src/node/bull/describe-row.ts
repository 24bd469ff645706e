import { LatentkitError, packError } from '@latentkit/core';
import type { Job as BullJob } from 'bullmq';
import type { JobState, JobStatus } from '../../job-queue.ts';
import type { BullData, BullProgress } from './bull-data.ts';

/** A job as BullMQ keeps it. */
export type Row = BullJob<BullData | undefined>;

/** How a row is getting on; `state` is BullMQ's word. */
export function describeRow(row: Row, state: string): JobStatus {
  const ours = stateOf(row, state);
  const { progress, error } = (row.progress || {}) as BullProgress; // a number 0 until something was said
  const fault =
    error ?? (ours === 'failed' ? packError(new LatentkitError('E_IO', row.failedReason ?? '')) : undefined);
  return {
    id: row.id!,
    kind: row.name,
    state: ours,
    attempts: row.attemptsStarted,
    ...(progress !== undefined && { progress }),
    ...(fault && ours !== 'done' && { error: fault }),
  };
}

function stateOf({ data }: Row, state: string): JobState {
  if (state === 'completed') return 'done';
  if (data?.isCancelled && state !== 'active') return 'cancelled';
  if (state === 'failed') return 'failed';
  return state === 'active' ? 'running' : 'waiting';
}
