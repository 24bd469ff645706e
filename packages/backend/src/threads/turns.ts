import { MOST_STAGES } from '../program/program.ts';
import type { Turns } from '../program/run-program.ts';

/** Turns that threads meet between. */
export interface SharedTurns extends Turns {
  /** Returns once every thread has come here; for threads that may block. */
  meet(): void;
  /** Resolves once every thread has come here: the thread's event loop goes on. */
  meetLater(): Promise<void>;
}

// Places in the shared control block; the stages' counters follow.
const ARRIVED = 0;
const MEETING = 1;
const COUNTERS = 2;

/** Bytes of the shared control block. */
export const CONTROL_BYTES = 4 * (COUNTERS + MOST_STAGES);

// Threads come together within microseconds of each other, as a rule: looking is quicker than falling asleep and being
// woken. After about 50 microseconds of looking they do fall asleep.
const LOOKS = 5000;

/** Turns among the threads that share a control block. */
export function sharedTurns(control: Int32Array, threads: number): SharedTurns {
  /** The meeting to wait for; undefined when it is over. */
  const arrive = (): number | undefined => {
    const meeting = Atomics.load(control, MEETING);
    if (Atomics.add(control, ARRIVED, 1) === threads - 1) {
      Atomics.store(control, ARRIVED, 0);
      Atomics.add(control, MEETING, 1);
      Atomics.notify(control, MEETING);
      return undefined;
    }
    for (let i = 0; i < LOOKS; i++) if (Atomics.load(control, MEETING) !== meeting) return undefined;
    return meeting;
  };
  return {
    claim: (stage) => Atomics.add(control, COUNTERS + stage, 1),
    meet() {
      const meeting = arrive();
      if (meeting !== undefined) Atomics.wait(control, MEETING, meeting);
    },
    async meetLater() {
      const meeting = arrive();
      if (meeting !== undefined) await Atomics.waitAsync(control, MEETING, meeting).value;
    },
  };
}

/** Turns of one thread alone. */
export function ownTurns(control: Int32Array): Turns {
  return { claim: (stage) => control[COUNTERS + stage]!++ };
}

/** Makes the stages' counters ready for the next run. */
export function resetTurns(control: Int32Array): void {
  control.fill(0, COUNTERS);
}
