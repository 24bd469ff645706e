import type { ExperimentConfig } from '@latentkit/experiment/config';
import { computed, effect, type ReadonlySignal, signal } from '@preact/signals';
import { createLab, type Lab } from './lab/lab.ts';
import { type History, historyOf, record, redo, undo } from './state/history.ts';
import { isRunning } from './state/session.ts';
import { configOf, type Setting } from './state/setting.ts';
import { type Place, readLink, writeLink } from './state/url.ts';

export type Draft =
  | { readonly config: ExperimentConfig; readonly fault?: undefined }
  | { readonly config?: undefined; readonly fault: string };

/** The page's state, and what a person can do to it. */
export interface Page {
  readonly lab: Lab;
  readonly setting: ReadonlySignal<Setting>;
  /** Its config, or what is wrong with it. */
  readonly draft: ReadonlySignal<Draft>;
  readonly place: ReadonlySignal<Place>;
  /** The fingerprint that the link promises. */
  readonly promised: ReadonlySignal<string | undefined>;
  /** Parts of the link that were not understood. */
  readonly unknown: ReadonlySignal<readonly string[]>;
  readonly canUndo: ReadonlySignal<boolean>;
  readonly canRedo: ReadonlySignal<boolean>;
  change(setting: Setting): void;
  undo(): void;
  redo(): void;
  go(place: Place): void;
  /** Trains what is set; or holds, or goes on with, what is trained. */
  play(): void;
  /** The link to what is trained here, its fingerprint in it once there is one. */
  link(): string;
}

export function createPage(): Page {
  const lab = createLab();
  const first = readLink(location.hash);
  const history = signal<History<Setting>>(historyOf(first.setting));
  const place = signal(first.place);
  const promised = signal(first.fingerprint);
  const unknown = signal(first.unknown);
  const setting = computed(() => history.value.present);
  const draft = computed(() => draftOf(setting.value));
  /** What the run that is shown was set to. */
  let trained: Setting | undefined;

  // The address is the state: a reload, a bookmark and a link find the lab as it is.
  effect(() => {
    const hash = writeLink({
      place: place.value,
      setting: setting.value,
      ...(promised.value && { fingerprint: promised.value }),
    });
    if (hash !== location.hash) globalThis.history.replaceState(null, '', hash);
  });
  addEventListener('hashchange', () => {
    const link = readLink(location.hash);
    place.value = link.place;
    promised.value = link.fingerprint;
    unknown.value = link.unknown;
    if (JSON.stringify(link.setting) !== JSON.stringify(setting.value)) {
      history.value = record(history.value, link.setting);
    }
  });

  /** Another setting has another fingerprint. */
  const move = (next: History<Setting>) => {
    if (next !== history.value) promised.value = undefined;
    history.value = next;
  };

  return {
    lab,
    setting,
    draft,
    place,
    promised,
    unknown,
    canUndo: computed(() => history.value.past.length > 0),
    canRedo: computed(() => history.value.future.length > 0),
    change: (next) => move(record(history.value, next)),
    undo: () => move(undo(history.value)),
    redo: () => move(redo(history.value)),
    go(next) {
      place.value = next;
    },
    play() {
      const { phase } = lab.session.value;
      if (phase === 'paused') lab.resume();
      else if (isRunning(lab.session.value)) lab.pause();
      else if (draft.value.config) {
        trained = setting.value;
        lab.train(draft.value.config);
      }
    },
    link() {
      const { end } = lab.session.value;
      const isOfRun = trained === setting.value && end?.reason !== 'aborted';
      const fingerprint = isOfRun ? end?.fingerprint : promised.value;
      const hash = writeLink({
        place: place.value,
        setting: setting.value,
        ...(fingerprint && { fingerprint }),
      });
      return new URL(hash, location.href).href;
    },
  };
}

function draftOf(setting: Setting): Draft {
  try {
    return { config: configOf(setting) };
  } catch (error) {
    return { fault: (error as Error).message };
  }
}
