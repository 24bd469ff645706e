/** Points on their way from one map to the next: two arrays of places, and the share of the way gone. */
export interface Motion {
  /** [n, 2] */
  readonly from: Float32Array;
  readonly to: Float32Array;
  /** The share of the way at a time in milliseconds, eased: 0 at `from`, 1 at `to`. */
  shareAt(now: number): number;
  /** Where points are at a time. The array is one of the motion's own: read it at once, and do not keep it. */
  placesAt(now: number): Float32Array;
  /**
   * Sets out for another map from where points are, written by `write`. Gives the arrays whose content is new: only that of the
   * new map, if the way before was gone to its end.
   */
  start(write: (to: Float32Array) => void, now: number, seconds: number): readonly Float32Array[];
}

/** From this share of the way on, the rest of one that the next map cuts short is taken in one step. */
const NEARLY = 0.85;
/** Maps that follow one another this fast are one movement, which easing would make stutter. */
const LIVE_SECONDS = 0.2;

export function createMotion(first: Float32Array): Motion {
  let from = first;
  let to = first;
  let startedAt = 0;
  let milliseconds = 0;
  let between: Float32Array | undefined;

  const shareAt = (now: number) => {
    const share = milliseconds === 0 ? 1 : Math.min(Math.max((now - startedAt) / milliseconds, 0), 1);
    return milliseconds <= 1000 * LIVE_SECONDS ? share : share * share * (3 - 2 * share);
  };
  const mixInto = (target: Float32Array, share: number) => {
    for (let i = 0; i < target.length; i++) target[i] = from[i]! + (to[i]! - from[i]!) * share;
  };

  return {
    get from() {
      return from;
    },
    get to() {
      return to;
    },
    shareAt,
    placesAt(now) {
      const share = shareAt(now);
      if (share === 1) return to;
      between ??= new Float32Array(to.length);
      mixInto(between, share);
      return between;
    },
    start(write, now, seconds) {
      const gone = shareAt(now);
      // The next frame goes a little farther: nobody sees it, and nothing has to be mixed and sent anew.
      const isLive = milliseconds <= 1000 * LIVE_SECONDS && seconds > 0;
      const share = isLive && gone > NEARLY ? 1 : gone;
      // The first time there is one array only.
      const spare = from === to ? new Float32Array(to.length) : from;
      const fresh = [spare];
      if (share === 1) {
        from = to;
        to = spare;
      } else {
        mixInto(from, share);
        fresh.push(to);
      }
      write(to);
      startedAt = now;
      milliseconds = 1000 * seconds;
      return fresh;
    },
  };
}
