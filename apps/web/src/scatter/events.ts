import type { Camera } from './camera.ts';
import type { Path } from './lasso.ts';
import type { PointRenderer } from './renderer.ts';
import type { Stage } from './zoom-look.ts';

/** Who asked: what is done by keys is spoken, what is done by a pointer is seen. */
export type By = 'pointer' | 'keys';

/**
 * What a map tells. What several maps may share, the selection and the class shown alone, it asks for by `lasso` and
 * `isolate`: whoever listens answers with `select` and `isolate`.
 */
export interface ScatterEvents {
  /** The pointer or the crosshair is at a place: decode it. */
  move: { readonly x: number; readonly y: number; readonly by: By; readonly isPressed: boolean };
  /** Another point, or none, lies under it. */
  hover: { readonly row: number | undefined };
  press: { readonly x: number; readonly y: number; readonly row: number | undefined; readonly by: By };
  /** A round selection that grows by keys comes with every change, until it is done. */
  lasso: {
    readonly mask: Uint8Array;
    readonly count: number;
    readonly path: Path;
    readonly by: By;
    readonly isDone: boolean;
  };
  isolate: { readonly category: number | undefined };
  camera: { readonly camera: Camera; readonly stage: Stage; readonly isFollowing: boolean };
  /** Points are drawn by another renderer from now on. */
  renderer: { readonly kind: PointRenderer['kind'] };
  /** A tile could not be decoded. */
  error: { readonly error: unknown };
  say: MapNews;
}

/** What a live region may say of a map, as data: words are the page's. */
export type MapNews =
  | {
      readonly about: 'place';
      readonly x: number;
      readonly y: number;
      readonly row: number | undefined;
      readonly category: number | undefined;
    }
  | { readonly about: 'zoom'; readonly times: number; readonly stage: Stage }
  | { readonly about: 'class'; readonly category: number | undefined; readonly count: number }
  | { readonly about: 'round'; readonly count: number; readonly isDone: boolean };

/** The attributes of a map's element; its name is the page's to give. */
export const MAP_ROLE = { role: 'application', 'aria-roledescription': 'latent map', tabindex: 0 } as const;

export type Listener<Event> = (event: Event) => void;

export interface Emitter<Events> {
  on<Type extends keyof Events>(type: Type, listener: Listener<Events[Type]>): () => void;
  emit<Type extends keyof Events>(type: Type, event: Events[Type]): void;
}

export function createEmitter<Events>(): Emitter<Events> {
  const listeners = new Map<keyof Events, Set<Listener<never>>>();
  return {
    on(type, listener) {
      const set = listeners.get(type) ?? new Set();
      listeners.set(type, set.add(listener));
      return () => set.delete(listener);
    },
    emit(type, event) {
      for (const listener of listeners.get(type) ?? []) (listener as Listener<typeof event>)(event);
    },
  };
}
