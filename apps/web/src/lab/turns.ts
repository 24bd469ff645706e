/** How soon a thing is wanted: by a hand that moves, by an eye that looks, or by nobody who waits. */
export const URGENCY = { hand: 0, eye: 1, background: 2 } as const;
export type Urgency = (typeof URGENCY)[keyof typeof URGENCY];

interface Waiting {
  begin(): void;
}

/**
 * Lets one thing after the other use what only one can: of those that wait, the most urgent first, and of these the first that
 * came.
 */
export function createTurns(): <Result>(urgency: Urgency, act: () => Promise<Result>) => Promise<Result> {
  const queues: Waiting[][] = Object.values(URGENCY).map(() => []);
  let isTaken = false;

  function next(): void {
    const queue = queues.find(({ length }) => length > 0);
    isTaken = queue !== undefined;
    queue?.shift()?.begin();
  }

  return async (urgency, act) => {
    if (isTaken) await new Promise<void>((resolve) => queues[urgency]!.push({ begin: resolve }));
    isTaken = true;
    try {
      return await act();
    } finally {
      next();
    }
  };
}
