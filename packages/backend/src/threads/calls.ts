/** A run that the caller of a pool asks its workers for. */
export interface Call {
  /** Counted up by one from call to call. */
  readonly number: number;
  readonly id: number;
  readonly coefficients: readonly number[];
}

// Places of numbers in a block of shared memory; coefficients follow, as 64 bits each.
const NUMBER = 0;
const LOOKING = 1;
const ID = 2;
const COUNT = 3;
const PLACES = 4;
const MOST_COEFFICIENTS = 12;

/** Bytes of the block, a multiple of eight. */
export const CALL_BYTES = 4 * PLACES + 8 * MOST_COEFFICIENTS;

// Steps of a training follow each other within a millisecond: a worker that looks for the next one begins at once, on the core where
// it is. One that sleeps has to be woken, often onto the core on which its caller works already, where it waits in vain.
const LOOK_MS = 2;
const LOOKS_BETWEEN_CLOCKS = 500;

/** Whether a call's number comes after another's: they begin anew after the largest. */
export function isAfter(number: number, other: number): boolean {
  return ((number - other) | 0) > 0;
}

/** Where a pool's caller leaves calls for workers that look for them, which is quicker than a message. */
export interface CallBox {
  /** For the caller: leaves a call, and tells whether so many workers are looking. Those who are not want a message. */
  leave(call: Omit<Call, 'number'>, workers: number): { call: Call; isSeen: boolean };
  /** For a worker: the call after number `last`, if one is left before it has looked for long. */
  look(last: number): Call | undefined;
}

/** A box in zeros of shared memory, `CALL_BYTES` from `pointer` (a multiple of eight) on. */
export function createCallBox(buffer: ArrayBufferLike, pointer: number): CallBox {
  const places = new Int32Array(buffer, pointer, PLACES);
  const numbers = new Float64Array(buffer, pointer + 4 * PLACES, MOST_COEFFICIENTS);
  const read = (last: number): Call | undefined => {
    const number = Atomics.load(places, NUMBER);
    if (number === last) return undefined;
    return { number, id: places[ID]!, coefficients: [...numbers.subarray(0, places[COUNT])] };
  };
  return {
    leave({ id, coefficients }, workers) {
      places[ID] = id;
      places[COUNT] = coefficients.length;
      numbers.set(coefficients);
      const number = (Atomics.add(places, NUMBER, 1) + 1) | 0;
      // A worker that leaves says so first and looks once more then: it is counted here, or has seen the call.
      return { call: { number, id, coefficients }, isSeen: Atomics.load(places, LOOKING) === workers };
    },
    look(last) {
      Atomics.add(places, LOOKING, 1);
      const end = performance.now() + LOOK_MS;
      do {
        for (let i = 0; i < LOOKS_BETWEEN_CLOCKS; i++) if (Atomics.load(places, NUMBER) !== last) break;
      } while (Atomics.load(places, NUMBER) === last && performance.now() < end);
      Atomics.sub(places, LOOKING, 1);
      return read(last);
    },
  };
}
