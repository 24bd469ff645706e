import type { FieldDescription } from '@latentkit/core/fields';
import type { ExperimentConfig } from '@latentkit/experiment/config';
import { computed, effect, type ReadonlySignal, signal } from '@preact/signals';
import { type Fault, faultOf } from './lab/fault.ts';
import type { Lab } from './lab/lab.ts';
import { latestOnly } from './lab/latest.ts';
import type { CheckedConfig } from './lab/messages.ts';
import { type ByHand, lostBetween } from './state/by-hand.ts';
import { type History, historyOf, record, redo, undo } from './state/history.ts';
import { configOf, isFirst, readConfig, type Setting, withChange, withKind } from './state/setting.ts';
import { sayError } from './text/faults.ts';

export type Draft =
  | { readonly config: ExperimentConfig; readonly fault?: undefined }
  | { readonly config?: undefined; readonly fault: Fault };

/** What is set, what is wrong with it, and the steps by which it came to it. */
export interface Drafting {
  readonly setting: ReadonlySignal<Setting>;
  /** What was set by hand before the last step, and is no longer so. */
  readonly lost: ReadonlySignal<readonly ByHand[]>;
  /** Its config, or what is wrong with it. */
  readonly draft: ReadonlySignal<Draft>;
  /** What may be said of the config, and what is wrong with it; undefined until it has been looked at. */
  readonly checked: ReadonlySignal<CheckedConfig | undefined>;
  /** Whether every field is shown. */
  readonly showsDetails: ReadonlySignal<boolean>;
  readonly canUndo: ReadonlySignal<boolean>;
  readonly canRedo: ReadonlySignal<boolean>;
  change(setting: Setting): void;
  /** Sets a field of the config; undefined leaves it out. */
  set(field: Pick<FieldDescription, 'path' | 'kinds'>, value: unknown): void;
  /** Takes a whole config, as JSON; gives what is wrong with it, if it is none. */
  write(json: string): string | undefined;
  showDetails(on: boolean): void;
  undo(): void;
  redo(): void;
}

interface DraftingOptions {
  readonly first: Setting;
  /** Another setting is set now. */
  onChange(): void;
}

export function createDrafting(lab: Pick<Lab, 'check'>, { first, onChange }: DraftingOptions): Drafting {
  const history = signal<History<Setting>>(historyOf(first));
  const setting = computed(() => history.value.present);
  const draft = computed(() => draftOf(setting.value));
  const showsDetails = signal(false);
  const checked = signal<CheckedConfig | undefined>(undefined);
  const check = latestOnly(lab.check, (found, config) => {
    if (config === draft.value.config) checked.value = found;
  });
  effect(() => {
    const { config } = draft.value;
    const isLooked = checked.peek() !== undefined; // what was found of another setting is not of this one
    // A worker is started for it: not on the first screen, whose setting can be.
    if (!config) checked.value = undefined;
    else if (showsDetails.value || isLooked || !isFirst(setting.value)) check(config);
  });

  const move = (next: History<Setting>) => {
    if (next !== history.value) onChange();
    history.value = next;
  };
  const change = (next: Setting) => move(record(history.value, next));

  return {
    ...{ setting, draft, checked, showsDetails, change },
    // Of a recipe that is not known it is not known what it sets.
    lost: computed(() => (draft.value.config ? lostBetween(history.value.past.at(-1), setting.value) : [])),
    canUndo: computed(() => history.value.past.length > 0),
    canRedo: computed(() => history.value.future.length > 0),
    set({ path, kinds }, value) {
      const names = typeof value === 'string' ? kinds?.[value] : undefined;
      change(
        names
          ? withKind(setting.value, path, value as string, names)
          : withChange(setting.value, path, value),
      );
    },
    write(json) {
      try {
        const next = readConfig(json);
        if (JSON.stringify(next) !== JSON.stringify(setting.value)) change(next);
        return undefined;
      } catch (error) {
        return sayError(error).words;
      }
    },
    showDetails(on) {
      showsDetails.value = on;
    },
    undo: () => move(undo(history.value)),
    redo: () => move(redo(history.value)),
  };
}

function draftOf(setting: Setting): Draft {
  try {
    return { config: configOf(setting) };
  } catch (error) {
    return { fault: faultOf(error) };
  }
}
