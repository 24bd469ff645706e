import { formatDuration, formatLoss } from './format.ts';
import { paint } from './paint.ts';

const WIDTH = 24;

export interface BarState {
  epoch: number;
  epochs: number;
  /** Of the epoch, 0 to 1. */
  progress: number;
  loss: number;
  imagesPerSecond: number;
  secondsLeft: number;
}

/** The live line of a run: where it stands, how fast it goes and how long it takes. */
export function barLine({ epoch, epochs, progress, loss, imagesPerSecond, secondsLeft }: BarState): string {
  const done = Math.round(WIDTH * progress);
  const bar = paint('cyan', '━'.repeat(done)) + paint('dim', '─'.repeat(WIDTH - done));
  const speed = `${Math.round(imagesPerSecond).toLocaleString('en-US')} images/s`;
  return `epoch ${epoch}/${epochs} ${bar} loss ${formatLoss(loss)}   ${speed}   ${formatDuration(secondsLeft)} left`;
}
