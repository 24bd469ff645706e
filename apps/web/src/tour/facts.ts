import { computed, effect, type ReadonlySignal, signal } from '@preact/signals';
import type { Lab } from '../lab/lab.ts';
import type { Learn } from '../learn/learn.ts';
import type { MapState } from '../map/map-state.ts';
import type { Place } from '../state/url.ts';
import type { TourFacts } from './pages.ts';

/** Counts how often a signal had something new. */
function countOf(source: ReadonlySignal<unknown>): ReadonlySignal<number> {
  const count = signal(0);
  effect(() => {
    if (source.value !== undefined) count.value = count.peek() + 1;
  });
  return count;
}

/** What the tour knows of the lab, as it is now. */
export function factsOf({
  lab,
  map,
  learn,
  place,
}: {
  readonly lab: Lab;
  readonly map: MapState;
  readonly learn: Learn;
  readonly place: ReadonlySignal<Place>;
}): ReadonlySignal<TourFacts> {
  const looks = countOf(map.seen);
  const drawings = countOf(map.drawn);
  return computed(() => ({
    phase: lab.session.value.phase,
    place: place.value,
    looks: looks.value,
    drawings: drawings.value,
    stage: map.stage.value,
    walks: map.walk.ends.value.a !== undefined && map.walk.ends.value.b !== undefined,
    learns: learn.isOpen.value,
  }));
}
