import type { Answer } from './job-child.ts';

const FIRST = 500; // ms
const LONGEST = 60_000;

/**
 * How long a worker rests after an attempt: not at all, but longer and longer while its own machine refuses (a full disk, no
 * memory), so that others take the jobs that it would fail.
 *
 * @param longest in milliseconds.
 */
export function createRest(longest = LONGEST): (answer: Answer) => number {
  let ms = 0;
  return (answer) => {
    const isOurs = answer.type === 'failed' && answer.error.code === 'E_IO';
    ms = isOurs ? Math.min(longest, Math.max(FIRST, ms * 2)) : 0;
    return ms;
  };
}
