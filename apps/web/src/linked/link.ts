import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';

/** What maps of the same things share: row i is the same thing in each. */
export interface Link {
  /** The row under the hand, in whichever map. */
  readonly hovered: Signal<number | undefined>;
  /** A class that is shown alone. */
  readonly isolated: Signal<number | undefined>;
  /** One value a row, no 0 for those that are selected. */
  readonly mask: Signal<Uint8Array | undefined>;
  readonly tool: Signal<'probe' | 'lasso'>;
  /** The rows that are selected; undefined for none. */
  readonly selected: ReadonlySignal<readonly number[] | undefined>;
  /** What a map says to those who do not see it. */
  readonly said: Signal<string>;
}

export function createLink(isolated: Link['isolated'] = signal(undefined)): Link {
  const mask: Link['mask'] = signal(undefined);
  return {
    ...{ isolated, mask },
    hovered: signal(undefined),
    tool: signal('probe'),
    said: signal(''),
    selected: computed(() => {
      const rows = mask.value && [...mask.value.keys()].filter((row) => mask.value![row] !== 0);
      return rows?.length ? rows : undefined;
    }),
  };
}
