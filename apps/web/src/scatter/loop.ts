import { createPace } from './pace.ts';

/** Which layers have to be drawn anew. */
export interface Dirty {
  readonly ground: boolean;
  readonly points: boolean;
  readonly overlay: boolean;
}

export const ALL: Dirty = { ground: true, points: true, overlay: true };
const NONE: Dirty = { ground: false, points: false, overlay: false };
/** A map that has not moved for so long is still: it gets all its points. */
const SETTLE_MS = 120;

/** Draws in animation frames, only when something is to be drawn and only the layers that have changed. */
export interface Loop {
  /** The share of the points that the last frame had time for. */
  readonly share: number;
  invalidate(what?: Partial<Dirty>): void;
  stop(): void;
}

/** What is drawn in a frame. */
export interface LoopFrame {
  readonly now: number;
  readonly dirty: Dirty;
  /** The share of the points that there is time for. */
  readonly share: number;
}

export interface LoopOptions {
  /** Goes on to a time, and says what moves: the map by itself, or the camera by a hand. */
  advance(now: number): 'itself' | 'hand' | undefined;
  /** Draws, and gives what has to be drawn in the next frame too. */
  draw(frame: LoopFrame): Partial<Dirty> | undefined;
}

export function createLoop({ advance, draw }: LoopOptions): Loop {
  const pace = createPace();
  let dirty = NONE;
  let request = 0;
  let settling: ReturnType<typeof setTimeout> | undefined;
  let movedAt = Number.NEGATIVE_INFINITY;
  let wasMovingItself = false;
  let isStopped = false;
  let share = 1;

  const invalidate = (what: Partial<Dirty> = ALL) => {
    dirty = { ...dirty, ...what };
    if (request === 0 && !isStopped) request = requestAnimationFrame(frame);
  };
  const frame = () => {
    const now = performance.now();
    request = 0;
    const moves = advance(now);
    if (moves !== undefined) {
      // Between frames that a hand asked for lies its pause, which says nothing of the machine.
      if (wasMovingItself) pace.frame(now - movedAt);
      movedAt = now;
      clearTimeout(settling);
      settling = setTimeout(() => invalidate({ points: true }), SETTLE_MS + 1);
    }
    wasMovingItself = moves === 'itself';
    const what = moves === 'hand' ? ALL : dirty;
    dirty = NONE;
    share = now - movedAt > SETTLE_MS ? 1 : pace.share;
    const next = draw({ now, dirty: what, share });
    if (next) invalidate(next);
  };

  return {
    get share() {
      return share;
    },
    invalidate,
    stop() {
      isStopped = true;
      cancelAnimationFrame(request);
      clearTimeout(settling);
    },
  };
}
