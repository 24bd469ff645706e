import { computed, effect, type ReadonlySignal, signal } from '@preact/signals';
import { TOUR_PAGES, type TourFacts, type TourPage } from './pages.ts';

/** A walk through the lab, a page after the other. */
export interface Tour {
  /** The page that is shown; undefined outside the tour. */
  readonly page: ReadonlySignal<TourPage | undefined>;
  /** Which one it is, 1 for the first. */
  readonly number: ReadonlySignal<number>;
  readonly count: number;
  /** Whether it was taken or skipped before: then it is never shown by itself. */
  readonly isTaken: ReadonlySignal<boolean>;
  start(): void;
  skip(): void;
}

const KEY = 'latentkit.tour';

/**
 * @param memory keeps whether the tour was taken; one that throws, as in a private window, forgets it.
 */
export function createTour(
  facts: ReadonlySignal<TourFacts>,
  memory: Pick<Storage, 'getItem' | 'setItem'> | undefined,
  pages: readonly TourPage[] = TOUR_PAGES,
): Tour {
  /** Where one is, and what was so when the page came. */
  const at = signal<{ readonly index: number; readonly before: TourFacts } | undefined>(undefined);
  const isTaken = signal(recall(memory));

  const end = () => {
    at.value = undefined;
    isTaken.value = true;
    try {
      memory?.setItem(KEY, 'taken');
    } catch {
      // It is asked again next time, which does no harm.
    }
  };
  effect(() => {
    const now = facts.value;
    if (!at.value) return;
    const { index, before } = at.value;
    if (now.phase === 'failed') end();
    else if (!pages[index]!.done(now, before)) return;
    else if (index + 1 === pages.length) end();
    else at.value = { index: index + 1, before: now };
  });

  return {
    page: computed(() => (at.value ? pages[at.value.index] : undefined)),
    number: computed(() => (at.value?.index ?? -1) + 1),
    count: pages.length,
    isTaken,
    start() {
      at.value = { index: 0, before: facts.peek() };
    },
    skip() {
      if (at.peek()) end();
    },
  };
}

function recall(memory: Pick<Storage, 'getItem'> | undefined): boolean {
  try {
    return memory?.getItem(KEY) === 'taken';
  } catch {
    return false;
  }
}
