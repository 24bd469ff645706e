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
      /**
       * `cycles` times (4 by default) anew from `from` to `to`: in a straight line over the share `rise` of a cycle (a half by
       * default), then `to`; there for good after `epochs` epochs (the run's by default).
       */
      readonly type: 'cyclic';
      readonly from: number;
      readonly to: number;
      readonly epochs?: number;
      readonly cycles?: number;
      readonly rise?: number;
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
 * @throws `E_RANGE` for an exponential schedule in an epoch that is none, and for as many cycles as epochs or more; `E_UNKNOWN_NAME`
 * for another type.
 * @example
 * scheduleAt({ type: 'linear', from: 0, to: 1 }, 5, 10); // 0.5
 * @see Loshchilov & Hutter: "SGDR" (2017), equation 5, for the cosine; Fu et al.: "Cyclical annealing schedule" (2019), equations 6 and
 * 7, for cycles
 */
export function scheduleAt(schedule: Schedule, epoch: number, length: number): number {
  if (typeof schedule === 'number') return schedule;
  switch (schedule?.type) {
    case 'exponential':
      return schedule.from * portablePower(schedule.rate, epoch);
    case 'linear':
    case 'cosine':
    case 'cyclic': {
      const { type, from, to, epochs = length } = schedule;
      if (epoch >= epochs) return to;
      if (type === 'cyclic') {
        checkCycles(schedule, epochs);
        const { cycles = 4, rise = 0.5 } = schedule;
        const progress = ((epoch * cycles) % epochs) / epochs; // in its cycle
        return from + (to - from) * Math.min(progress / rise, 1);
      }
      const progress = epoch / epochs;
      if (type === 'linear') return from + (to - from) * progress;
      return to + ((from - to) * (1 + portableCos(Math.PI * progress))) / 2;
    }
  }
  const { type } = Object(schedule) as { type: string };
  const fix = didYouMean(String(type), ['linear', 'cosine', 'cyclic', 'exponential']);
  throw new LatentkitError('E_UNKNOWN_NAME', `scheduleAt: there is no schedule '${type}'`, { fix });
}

/** In cycles of an epoch or less, or in no time, nothing would ever rise. */
function checkCycles(
  { cycles = 4, rise = 0.5 }: Extract<Schedule, { type: 'cyclic' }>,
  epochs: number,
): void {
  if (!(rise > 0 && rise <= 1)) {
    throw new LatentkitError('E_RANGE', `scheduleAt: rise must be above 0 and at most 1, got ${rise}`);
  }
  if (cycles < epochs) return;
  throw new LatentkitError(
    'E_RANGE',
    `scheduleAt: expected fewer cycles than epochs, of which there are ${epochs}, got ${cycles}`,
    { fix: 'Train for more epochs (--epochs), or take fewer: cycles of the schedule, 4 by default' },
  );
}
