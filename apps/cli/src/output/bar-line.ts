import { formatClock, formatCount, formatLoss, paint } from '@latentkit/terminal';
import type { Pace } from './pace.ts';

const LONGEST = 24;
const SHORTEST = 8;
const GAP = '  ';

export interface BarState extends Pace {
  epoch: number;
  epochs: number;
  /** Of the epoch, 0 to 1. */
  progress: number;
  loss: number;
}

/** The live line of a run: where it stands, how fast it goes and how long it takes; what does not fit is left out. */
export function barLine(state: BarState, { width, unicode }: { width: number; unicode: boolean }): string {
  const { epoch, epochs, progress, loss, imagesPerSecond, secondsLeft } = state;
  const at = `epoch ${String(epoch).padStart(String(epochs).length)}/${epochs}`;
  const lossPart = `loss ${formatLoss(loss).padStart(7)}`;
  const speed = `${formatCount(Math.round(imagesPerSecond)).padStart(6)} images/s`;
  const left = `${formatClock(secondsLeft).padStart(5)} left`;
  for (const parts of [
    [lossPart, speed, left],
    [lossPart, left],
  ]) {
    const room = width - [at, '', ...parts].join(GAP).length;
    if (room >= SHORTEST) return [at, bar(progress, Math.min(room, LONGEST), unicode), ...parts].join(GAP);
  }
  return [at, lossPart, left].join(GAP).slice(0, width);
}

function bar(progress: number, length: number, unicode: boolean): string {
  const done = Math.round(length * progress);
  const [full, rest] = unicode ? ['━', '─'] : ['#', '-'];
  return paint('cyan', full!.repeat(done)) + paint('dim', rest!.repeat(length - done));
}
