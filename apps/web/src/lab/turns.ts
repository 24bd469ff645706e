/** How soon a thing is wanted: by a hand that moves, by an eye that looks, or by nobody who waits. */
export const URGENCY = { hand: 0, eye: 1, background: 2 } as const;
export type Urgency = (typeof URGENCY)[keyof typeof URGENCY];

interface Waiting {
  begin(): void;
}

/**
 * Lets so many things at once use what only so many can: one, unless it is said otherwise. Of those that wait, the most urgent
 * first, and of these the first that came.
 */
export function createTurns(
  atOnce = 1,
): <Result>(urgency: Urgency, act: () => Promise<Result>) => Promise<Result> {
  const queues: Waiting[][] = Object.values(URGENCY).map(() => []);
  let taken = 0;

  function next(): void {
    const queue = queues.find(({ length }) => length > 0);
    if (queue) queue.shift()!.begin();
    else taken--;
  }

  return async (urgency, act) => {
    if (taken < atOnce) taken++;
    else await new Promise<void>((resolve) => queues[urgency]!.push({ begin: resolve }));
    try {
      return await act();
    } finally {
      next();
    }
  };
}
