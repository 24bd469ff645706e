/** Asked so often whether it is alive, and given up when it has not answered for so long: longer than any step of a sane batch. */
const [ASK_MS, SILENT_MS] = [5000, 20_000];

/**
 * Watches over a worker that may end without a word, as one that ran out of memory does.
 *
 * @param ask is answered by a worker that is alive.
 * @param giveUp hears that it is not.
 * @returns ends the watch.
 */
export function watch(ask: () => Promise<unknown>, giveUp: () => void): () => void {
  let asked: number | undefined;
  const timer = setInterval(() => {
    if (asked !== undefined) {
      if (performance.now() - asked < SILENT_MS) return;
      clearInterval(timer);
      giveUp();
      return;
    }
    asked = performance.now();
    ask().then(
      () => {
        asked = undefined;
      },
      () => clearInterval(timer), // its death has been told
    );
  }, ASK_MS);
  return () => clearInterval(timer);
}
