import { LatentkitError } from '@latentkit/core';
import { copyArrays } from '../loop/average-weights.ts';
import type { TrainSettings } from '../train-options.ts';
import type { RewindEvent } from '../training-event.ts';
import type { Checkpoint } from './checkpoint.ts';
import type { TrainingState } from './training-state.ts';

/** What a run goes back to: a state at the end of an epoch, or where the run began. */
export type GoodState = Pick<Checkpoint, 'progress' | 'weights' | 'slots'> &
  Pick<TrainingState, 'bestWeights' | 'averaged'>;

const FACTOR = 0.3;
const TIMES = 3;

/** A copy of where a run stands, for as long as the next epoch may blow up. */
export function keepState({ session, progress, bestWeights, averaged }: TrainingState): GoodState {
  const { parameters, slots } = session.read();
  return { progress, weights: parameters, slots, bestWeights, averaged: averaged && copyArrays(averaged) };
}

/**
 * Takes a run that blew up back to a good state, from which it goes on at a lower learning rate. The cut is part of the progress: a resumed run has it.
 *
 * @throws the error itself, where the run is not to be rewound, has been often enough, or did not blow up.
 */
export function rewindTo(
  good: GoodState | undefined,
  error: unknown,
  { rewind }: TrainSettings,
  state: TrainingState,
): RewindEvent {
  const { rewinds = [] } = state.progress;
  const { factor = FACTOR, times = TIMES } = rewind ?? {};
  const blewUp = error instanceof LatentkitError && error.code === 'E_NOT_FINITE';
  if (!rewind || !good || !blewUp || rewinds.length >= times) throw error;
  const { epoch } = good.progress;
  state.session.write({ parameters: good.weights, slots: good.slots });
  state.bestWeights = good.bestWeights;
  state.averaged = good.averaged && copyArrays(good.averaged);
  state.progress = { ...good.progress, rewinds: [...rewinds, { after: epoch, factor }] };
  return { type: 'rewind', epoch, factor, left: times - rewinds.length - 1, reason: reasonOf(error) };
}

/** What was seen, without what a person would do about it: it is being done. */
function reasonOf({ message, fix }: LatentkitError): string {
  const seen = fix === undefined ? message : message.slice(0, -`. ${fix}`.length);
  return seen.replace(/^train: /, '');
}
