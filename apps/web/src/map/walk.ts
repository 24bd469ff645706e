import { effect, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { Lab } from '../lab/lab.ts';

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
}

export const WALK_STEPS = 16;

export function createWalk(lab: Pick<Lab, 'look' | 'pictures'>): Walk {
  const ends = signal<Ends>({});
  const method = signal<WalkMethod>('linear');
  const way = signal<Way | undefined>(undefined);
  const fault = signal('');
  effect(() => {
    const { a: from, b: to } = ends.value;
    const options = { steps: WALK_STEPS, method: method.value };
    lab.pictures.value; // other weights make other pictures
    if (!from || !to) {
      way.value = undefined;
      return;
    }
    let isStale = false;
    lab.look('walk', { from, to, ...options }).then(
      (found) => {
        if (isStale) return;
        way.value = found && { from, to, ...found };
        fault.value = '';
      },
      (error: Error) => {
        if (isStale) return;
        way.value = undefined;
        fault.value = error.message;
      },
    );
    return () => {
      isStale = true;
    };
  });
  return { ends, method, way, fault };
}
