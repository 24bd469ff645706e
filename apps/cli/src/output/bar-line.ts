import { formatClock, formatCount, formatLoss, paint, sparkline } from '@latentkit/terminal';
import type { Pace } from './pace.ts';

const LONGEST = 24;
const SHORTEST = 8;
const GAP = '  ';
const LOSS_WIDTH = 7;

export interface BarState extends Pace {
  epoch: number;
  epochs: number;
  /** Of the epoch, 0 to 1. */
  progress: number;
  loss: number;
  /** What the loss is made of, by name. */
  terms: readonly (readonly [name: string, value: number])[];
  /** Losses of the epochs so far. */
  losses: readonly number[];
}

/** The live line of a run: where it stands, how fast it goes and how long it takes; what does not fit is left out. */
export function barLine(state: BarState, { width, unicode }: { width: number; unicode: boolean }): string {
  const { epoch, epochs, progress, loss, terms, losses, imagesPerSecond, secondsLeft } = state;
  const at = `epoch ${String(epoch).padStart(String(epochs).length)}/${epochs}`;
  const term = ([name, value]: readonly [string, number]) =>
    `${name} ${formatLoss(value).padStart(LOSS_WIDTH)}`;
  const lossPart = term(['loss', loss]);
  const speed = `${formatCount(Math.round(imagesPerSecond)).padStart(6)} images/s`;
  const left = `${formatClock(secondsLeft).padStart(5)} left`;
  // The curve stands last, where it may grow; room for its shortest is kept from the beginning, lest numbers move.
  const curveRoom = unicode && epochs > 1 ? Math.min(epochs, SHORTEST) + GAP.length : 0;
  const variants = [
    ...terms.map((_, i) => [lossPart, ...terms.slice(0, terms.length - i).map(term), speed, left]),
    [lossPart, speed, left],
    [lossPart, left],
  ];
  for (const parts of variants) {
    const room = width - curveRoom - [at, '', ...parts].join(GAP).length;
    if (room < SHORTEST) continue;
    const length = Math.min(room, LONGEST);
    const curve = unicode ? curveOf(losses, Math.min(LONGEST, room - length + curveRoom - GAP.length)) : [];
    return [at, bar(progress, length, unicode), ...parts, ...curve].join(GAP);
  }
  return [at, lossPart, left].join(GAP).slice(0, width);
}

/** One loss alone has no shape. */
function curveOf(losses: readonly number[], room: number): string[] {
  return losses.length < 2 ? [] : [paint('cyan', sparkline(losses, room))];
}

function bar(progress: number, length: number, unicode: boolean): string {
  const done = Math.round(length * progress);
  const [full, rest] = unicode ? ['━', '─'] : ['#', '-'];
  return paint('cyan', full!.repeat(done)) + paint('dim', rest!.repeat(length - done));
}
