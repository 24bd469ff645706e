import { MOST_STAGES } from '../program/program.ts';
import type { Claims } from '../program/run-program.ts';

/** Where threads wait for each other, and claim work in between. */
export interface Barrier extends Claims {
  /** Returns once every thread has come here; for threads that may block. */
  wait(): void;
  /** Resolves once every thread has come here: the thread's event loop goes on. */
  waitAsync(): Promise<void>;
}

// Places in the shared control block; the stages' counters follow.
const ARRIVED = 0;
const GENERATION = 1;
const COUNTERS = 2;

/** Bytes of the shared control block. */
export const CONTROL_BYTES = 4 * (COUNTERS + MOST_STAGES);

// Threads come together within microseconds of each other, as a rule: looking is quicker than falling asleep and being
// woken. After about 50 microseconds of looking they do fall asleep.
const LOOKS = 5000;

/** Claims among the threads that share a control block. */
export function createBarrier(control: Int32Array, threads: number): Barrier {
  /** The generation whose end to wait for; undefined when everybody has come. */
  const arrive = (): number | undefined => {
    const generation = Atomics.load(control, GENERATION);
    if (Atomics.add(control, ARRIVED, 1) === threads - 1) {
      Atomics.store(control, ARRIVED, 0);
      Atomics.add(control, GENERATION, 1);
      Atomics.notify(control, GENERATION);
      return undefined;
    }
    for (let i = 0; i < LOOKS; i++) if (Atomics.load(control, GENERATION) !== generation) return undefined;
    return generation;
  };
  // Whoever came last may lose its core before it notifies: then it wakes those who wait for the next generation already.
  const isEarly = (generation: number | undefined): generation is number =>
    generation !== undefined && Atomics.load(control, GENERATION) === generation;
  return {
    claim: (stage) => Atomics.add(control, COUNTERS + stage, 1),
    wait() {
      const generation = arrive();
      while (isEarly(generation)) Atomics.wait(control, GENERATION, generation);
    },
    async waitAsync() {
      const generation = arrive();
      while (isEarly(generation)) await Atomics.waitAsync(control, GENERATION, generation).value;
    },
  };
}

/** Claims of one thread alone. */
export function ownClaims(control: Int32Array): Claims {
  return { claim: (stage) => control[COUNTERS + stage]!++ };
}

/** Makes the stages' counters ready for the next run. */
export function resetClaims(control: Int32Array): void {
  control.fill(0, COUNTERS);
}
