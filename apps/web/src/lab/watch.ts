/** Asked so often whether it is alive, */
const TICK_MS = 5000;
/** and given up after so many times without a word: longer than any step of a sane batch, */
const LEAST_TICKS = 4;
/** than the first, of which nobody knows how long it takes, */
const FIRST_TICKS = 24;
/** and than the longest silence so far, so many times over. */
const TIMES_LONGEST = 3;

export interface Watch {
  /** It gave a sign of life; of a step, one knows how long the next takes. */
  hear(isStep: boolean): void;
  end(): void;
}

/**
 * Watches over a worker that may end without a word, as one that ran out of memory does. Time is counted by ticks, which do not come
 * while a computer sleeps, and seldom in a hidden tab: a worker is silent only while it could have spoken.
 *
 * @param ask is answered by a worker that is alive.
 * @param giveUp hears that it is not.
 */
export function watch(ask: () => Promise<unknown>, giveUp: () => void): Watch {
  let silent = 0;
  let longest = 0;
  let hasStepped = false;
  let isAsked = false;

  function hear(isStep: boolean): void {
    longest = Math.max(longest, silent);
    silent = 0;
    hasStepped ||= isStep;
  }
  const timer = setInterval(() => {
    const most = Math.max(hasStepped ? LEAST_TICKS : FIRST_TICKS, TIMES_LONGEST * longest);
    if (isAsked && ++silent >= most) {
      clearInterval(timer);
      giveUp();
      return;
    }
    if (isAsked) return;
    isAsked = true;
    ask().then(
      () => {
        isAsked = false;
        hear(false);
      },
      () => clearInterval(timer), // its death has been told
    );
  }, TICK_MS);
  return { hear, end: () => clearInterval(timer) };
}
