import { sayNumber } from '../text/phrases.ts';
import { progressOf, type Session } from './session.ts';

/** What a listener is told when a session goes from one state to the next; undefined for nothing. */
export function announce(before: Session, after: Session): string | undefined {
  const { phase, end, rows } = after;
  if (phase !== before.phase) {
    if (phase === 'starting') return 'Starting.';
    if (phase === 'paused') return 'Held.';
    if (phase === 'training' && before.phase === 'paused') return 'Going on.';
    if (after.opened !== undefined && after !== before)
      return `Opened ${after.opened}. The map is ready; arrow keys move on it.`;
    if (phase === 'ended') {
      const loss = rows.findLast(({ epoch }) => epoch === end?.epoch) ?? rows.at(-1);
      const words = end && end.reason !== 'aborted' ? 'Finished.' : 'Stopped.';
      return loss ? `${words} Loss ${sayNumber(loss.loss)}. The map is ready; arrow keys move on it.` : words;
    }
  }
  if (rows.length > before.rows.length) {
    const row = rows.at(-1)!;
    return `Epoch ${row.epoch} of ${progressOf(after)?.epochs ?? row.epoch}, loss ${sayNumber(row.loss)}.`;
  }
  return undefined;
}

/**
 * Says at most one sentence in so many milliseconds: of those that come in meanwhile the newest, at its end.
 *
 * @param say hears what is to be said now.
 */
export function paced(say: (sentence: string) => void, milliseconds: number): (sentence: string) => void {
  let waiting: string | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const next = () => {
    timer = undefined;
    if (waiting === undefined) return;
    say(waiting);
    waiting = undefined;
    timer = setTimeout(next, milliseconds);
  };
  return (sentence) => {
    waiting = sentence;
    if (timer === undefined) next();
  };
}
