import { didYouMean } from './did-you-mean.ts';
import { LatentkitError } from './error.ts';
import { portablePower } from './portable-power.ts';
import { portableCos } from './portable-sin-cos.ts';

/** A number that may change from epoch to epoch: the learning rate, or the weight of a term. */
export type Schedule =
  | number
  | {
      /** In a straight line from `from` to `to`, there after `epochs` epochs (the run's by default), then `to`. */
      readonly type: 'linear';
      readonly from: number;
      readonly to: number;
      readonly epochs?: number;
    }
  | {
      /** Along half a cosine from `from` to `to`, there after `epochs` epochs (the run's by default), then `to`. */
      readonly type: 'cosine';
      readonly from: number;
      readonly to: number;
      readonly epochs?: number;
    }
  | {
      /** `from * rate^epoch`, without end. */
      readonly type: 'exponential';
      readonly from: number;
      readonly rate: number;
    };

/**
 * A schedule's value in an epoch (0 for the first). It moves between epochs, not within one, so that an epoch's loss is
 * `reconstruction + beta * kl` exactly.
 *
 * @param epoch a whole number of at least 0.
 * @param length in epochs, of schedules that do not say: a learning rate's is the run's, so that its end would come after
 * the last epoch, as in Keras and PyTorch; a weight's is one less, so that the last epoch has its end value.
 * @throws `E_RANGE` for an exponential schedule in an epoch that is none; `E_UNKNOWN_NAME` for another type.
 * @example
 * scheduleAt({ type: 'linear', from: 0, to: 1 }, 5, 10); // 0.5
 * @see Loshchilov & Hutter: "SGDR" (2017), equation 5, for the cosine
 */
export function scheduleAt(schedule: Schedule, epoch: number, length: number): number {
  if (typeof schedule === 'number') return schedule;
  switch (schedule?.type) {
    case 'exponential':
      return schedule.from * portablePower(schedule.rate, epoch);
    case 'linear':
    case 'cosine': {
      const { type, from, to, epochs = length } = schedule;
      if (epoch >= epochs) return to;
      const progress = epoch / epochs;
      if (type === 'linear') return from + (to - from) * progress;
      return to + ((from - to) * (1 + portableCos(Math.PI * progress))) / 2;
    }
  }
  const { type } = Object(schedule) as { type: string };
  const fix = didYouMean(String(type), ['linear', 'cosine', 'exponential']);
  throw new LatentkitError('E_UNKNOWN_NAME', `scheduleAt: there is no schedule '${type}'`, { fix });
}
