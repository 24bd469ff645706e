import type { TrainingEvent } from '@latentkit/trainers';

export interface TimedSaving {
  /** Writes what an event tells; a checkpoint at once if it is the first or its time has come, and else later. */
  save(event: TrainingEvent): Promise<void>;
  /** Writes the newest checkpoint if it is not written yet. */
  flush(): Promise<void>;
}

/**
 * Saving of which training does not feel much: between two checkpoints that are written lies some time. The first is written at once, so
 * that there soon is something to go on from, and the last before the end.
 *
 * @param save writes what an event tells, one after the other.
 */
export function saveAtTimes(
  save: (event: TrainingEvent) => Promise<void>,
  { seconds, now = () => performance.now() }: { seconds: number; now?: () => number },
): TimedSaving {
  let due = Number.NEGATIVE_INFINITY;
  let newest: TrainingEvent | undefined;

  async function flush(): Promise<void> {
    if (!newest) return;
    const event = newest;
    newest = undefined;
    due = now() + 1000 * seconds;
    await save(event);
  }

  return {
    async save(event) {
      if (event.type === 'checkpoint') newest = event;
      const isTime = event.type === 'end' || now() >= due;
      // Both are asked for before either is waited for: whoever closes the run after its end closes it after them.
      await Promise.all([isTime && flush(), (event.type === 'start' || event.type === 'end') && save(event)]);
    },
    flush,
  };
}
