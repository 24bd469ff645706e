import type { StepEvent } from '@latentkit/trainers';

/** How fast training goes. */
export interface Pace {
  /** Of the epoch under way, so that validation does not count. */
  imagesPerSecond: number;
  /** For all epochs, at the pace since the start, validation included. */
  secondsLeft: number;
}

/** Measures the pace of a run, step by step. */
export function createPaceMeter(epochs: number, now: () => number) {
  const started = now();
  let epochStarted = started;
  let images = 0;
  let steps = 0;
  return {
    step({ epoch, batch, batches, images: size }: StepEvent): Pace {
      images += size;
      steps++;
      const left = (epochs - epoch + 1) * batches - batch;
      return {
        imagesPerSecond: images / secondsSince(epochStarted),
        secondsLeft: (left * secondsSince(started)) / steps,
      };
    },
    endEpoch(): void {
      images = 0;
      epochStarted = now();
    },
  };

  function secondsSince(time: number): number {
    return Math.max((now() - time) / 1000, 1e-3);
  }
}
