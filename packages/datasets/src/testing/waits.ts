import type { Wait } from '../download/patient-fetch.ts';

/** For tests: time stands still. */
export const never: Wait = (_, signal) =>
  new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    else signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });

/** For tests: pauses are over at once, and are written down; longer waits, those for silence, never end. */
export function recordPauses(longest = 30_000): { wait: Wait; pauses: number[] } {
  const pauses: number[] = [];
  const wait: Wait = async (milliseconds, signal) => {
    if (milliseconds >= longest) return never(milliseconds, signal);
    pauses.push(milliseconds);
  };
  return { wait, pauses };
}
