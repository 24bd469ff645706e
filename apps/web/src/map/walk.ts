import { effect, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { Lab } from '../lab/lab.ts';
import { latestOnly } from '../lab/latest.ts';
import type { LookCalls } from '../lab/messages.ts';
import { sayError } from '../text/faults.ts';

/** The ends of a walk. */
export interface Ends {
  readonly a?: Float32Array;
  readonly b?: Float32Array;
}

/** The way from one code to another, in `WALK_STEPS` codes `[steps, latentDim]` and their images. */
export interface Way {
  readonly from: Float32Array;
  readonly to: Float32Array;
  readonly codes: Float32Array;
  readonly images: Uint8Array;
}

/** Straight, or at an even pace around the prior's middle. */
export type WalkMethod = 'linear' | 'spherical';

/** A walk through the latent space; it is the same wherever it is shown. */
export interface Walk {
  readonly ends: Signal<Ends>;
  readonly method: Signal<WalkMethod>;
  /** Undefined before both ends are set. */
  readonly way: ReadonlySignal<Way | undefined>;
  /** Why there is none. */
  readonly fault: ReadonlySignal<string>;
  /** Which of its codes one looks at. */
  readonly at: ReadonlySignal<number>;
  /** Whether one goes on along it by itself. */
  readonly plays: Signal<boolean>;
  go(step: number): void;
}

export const WALK_STEPS = 16;
/** Milliseconds of a picture while it plays. */
const FRAME_MS = 120;

/**
 * @param told the class that codes are decoded as, where a model is told one.
 * @param show looks at a code of the way.
 */
export function createWalk(
  lab: Pick<Lab, 'look' | 'pictures'>,
  told: ReadonlySignal<number>,
  show: (code: Float32Array) => void,
): Walk {
  const ends = signal<Ends>({});
  const method = signal<WalkMethod>('linear');
  const way = signal<Way | undefined>(undefined);
  const fault = signal('');
  const ask = latestOnly(
    async (asked: Parameters<LookCalls['walk']>[0] | undefined): Promise<Way | undefined> => {
      const found = asked && (await lab.look('walk', asked));
      return found && { from: asked.from, to: asked.to, ...found };
    },
    (found) => {
      way.value = found;
      fault.value = '';
    },
    {
      fail(error) {
        way.value = undefined;
        fault.value = sayError(error).words;
      },
    },
  );
  effect(() => {
    const { a: from, b: to } = ends.value;
    lab.pictures.value; // other weights make other pictures
    if (!from || !to) way.value = undefined;
    ask(from && to && { from, to, steps: WALK_STEPS, method: method.value, label: told.value });
  });
  const at = signal(0);
  const plays = signal(false);
  const go = (step: number) => {
    at.value = step;
    const { codes } = way.peek() ?? {};
    const latentDim = (codes?.length ?? 0) / WALK_STEPS;
    if (codes) show(codes.slice(step * latentDim, (step + 1) * latentDim));
  };
  effect(() => {
    if (!plays.value || !way.value) return;
    const timer = setInterval(() => go((at.peek() + 1) % WALK_STEPS), FRAME_MS);
    return () => clearInterval(timer);
  });
  return { ends, method, way, fault, at, plays, go };
}
