import type { FieldDescription } from '@latentkit/core/fields';
import type { ExperimentConfig } from '@latentkit/experiment/config';
import { computed, effect, type ReadonlySignal, signal } from '@preact/signals';
import type { PickedFile } from './data/dropped-files.ts';
import { createKeptRuns, type KeptRuns } from './kept-runs.ts';
import { type Fault, faultOf } from './lab/fault.ts';
import { createLab, type Lab } from './lab/lab.ts';
import { latestOnly } from './lab/latest.ts';
import type { CheckedConfig, RunSource } from './lab/messages.ts';
import { createLearn, type Learn } from './learn/learn.ts';
import { createMapState, type MapState } from './map/map-state.ts';
import { type ByHand, lostBetween } from './state/by-hand.ts';
import { type History, historyOf, record, redo, undo } from './state/history.ts';
import { whyNothingTrains } from './state/obstacles.ts';
import { isRunning } from './state/session.ts';
import {
  configOf,
  isFirst,
  type Setting,
  settingOf,
  withChange,
  withKind,
  withOwnFiles,
} from './state/setting.ts';
import { type PartName, type Place, readLink, writeLink } from './state/url.ts';
import { type SaidFault, sayError } from './text/faults.ts';
import { factsOf } from './tour/facts.ts';
import { createTour, type Tour } from './tour/tour.ts';

const NO_FILE = 'There is no file in what was dropped or chosen, and what is set stays as it is.';
/** A run's folder has no more files. */
const MOST_RUN_FILES = 200;

export type Draft =
  | { readonly config: ExperimentConfig; readonly fault?: undefined }
  | { readonly config?: undefined; readonly fault: Fault };

/** The page's state, and what a person can do to it. */
export interface Page {
  /** Why nothing can be trained in this browser; undefined where it can. */
  readonly obstacle: string | undefined;
  readonly lab: Lab;
  readonly map: MapState;
  readonly learn: Learn;
  readonly tour: Tour;
  readonly setting: ReadonlySignal<Setting>;
  /** What was set by hand before the last step, and is no longer so. */
  readonly lost: ReadonlySignal<readonly ByHand[]>;
  /** Its config, or what is wrong with it. */
  readonly draft: ReadonlySignal<Draft>;
  readonly place: ReadonlySignal<Place>;
  /** The fingerprint that the link promises. */
  readonly promised: ReadonlySignal<string | undefined>;
  /** Parts of the link that were not understood. */
  readonly unknown: ReadonlySignal<readonly string[]>;
  /** Parts of the lab that the link hides. */
  readonly hidden: ReadonlySignal<readonly PartName[]>;
  /** The person's own files to learn from; undefined while folders are looked through for them. */
  readonly files: ReadonlySignal<readonly PickedFile[] | undefined>;
  /** Whether every field is shown. */
  readonly showsDetails: ReadonlySignal<boolean>;
  /** What may be said of the config, and what is wrong with it; undefined until it has been looked at. */
  readonly checked: ReadonlySignal<CheckedConfig | undefined>;
  /** Runs that stopped before their end, and are offered one after the other. */
  readonly kept: KeptRuns;
  /** What the run that is shown was set to; undefined before there is one. */
  readonly trained: ReadonlySignal<Setting | undefined>;
  readonly canUndo: ReadonlySignal<boolean>;
  readonly canRedo: ReadonlySignal<boolean>;
  change(setting: Setting): void;
  /** What could not be opened the last time, and why; undefined for none. */
  readonly unopened: ReadonlySignal<SaidFault | undefined>;
  /** What of the page itself could not be loaded the last time; undefined for nothing. */
  readonly unloaded: ReadonlySignal<string | undefined>;
  /** Loads a part of the page that is wanted first; undefined, and told, where it cannot be had. */
  load<Part>(what: string, part: () => Promise<Part>): Promise<Part | undefined>;
  /** Takes a person's own files: opens them where they are a run, and sets the lab up for them where they are images. */
  take(picking: Promise<readonly PickedFile[]>): Promise<void>;
  /** Sets a field of the config; undefined leaves it out. */
  set(field: Pick<FieldDescription, 'path' | 'kinds'>, value: unknown): void;
  /** Takes a whole config, as JSON; gives what is wrong with it, if it is none. */
  write(json: string): string | undefined;
  showDetails(on: boolean): void;
  /** Whether the link does not hide a part. */
  shows(part: PartName): boolean;
  showAll(): void;
  undo(): void;
  redo(): void;
  go(place: Place): void;
  /** Goes on with a kept run. */
  goOn(name: string): void;
  /** Goes on with the run that blew up, by a setting that cuts the rate. */
  rescue(setting: Setting): void;
  /** Gives a kept run to the person, as a ZIP. */
  download(name: string): Promise<void>;
  /** Trains what is set, from the start; what is under way ends. */
  start(): void;
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
  const hidden = signal(first.hidden);
  /** The folder beside the page whose run is shown. */
  const opened = signal(first.open);
  const unopened = signal<SaidFault | undefined>(undefined);
  const unloaded = signal<string | undefined>(undefined);
  const setting = computed(() => history.value.present);
  const draft = computed(() => draftOf(setting.value));
  const files = signal<readonly PickedFile[] | undefined>([]);
  /** Those that were taken last. */
  let taken: readonly PickedFile[] = [];
  let taking = Promise.resolve();
  const showsDetails = signal(false);
  const checked = signal<CheckedConfig | undefined>(undefined);
  const check = latestOnly(lab.check, (found, config) => {
    if (config === draft.value.config) checked.value = found;
  });
  effect(() => {
    const { config } = draft.value;
    const isLooked = checked.peek() !== undefined; // what was found of another setting is not of this one
    // A worker is started for it: not on the first screen, whose setting can be.
    if (config && (showsDetails.value || isLooked || !isFirst(setting.value))) check(config);
  });
  const trained = signal<Setting | undefined>(undefined);

  // The address is the state: a reload, a bookmark and a link find the lab as it is.
  effect(() => {
    const hash = writeLink({
      place: place.value,
      setting: setting.value,
      hidden: hidden.value,
      ...(promised.value && { fingerprint: promised.value }),
      ...(opened.value && { open: opened.value }),
    });
    if (hash !== location.hash) globalThis.history.replaceState(null, '', hash);
  });
  addEventListener('hashchange', () => {
    const link = readLink(location.hash);
    place.value = link.place;
    promised.value = link.fingerprint;
    unknown.value = link.unknown;
    hidden.value = link.hidden;
    // One may come here by going back: what is trained does not end by that.
    if (link.open && link.open !== opened.peek() && !isRunning(lab.session.peek()))
      void open({ at: link.open });
    if (JSON.stringify(link.setting) !== JSON.stringify(setting.value)) {
      history.value = record(history.value, link.setting);
    }
  });

  const kept = createKeptRuns(lab, () =>
    setting.peek().dataset === 'arrays' && files.peek()?.length
      ? { name: nameOf(files.peek()!), count: files.peek()!.length }
      : undefined,
  );

  /** Another setting has another fingerprint. */
  const move = (next: History<Setting>) => {
    if (next !== history.value) promised.value = undefined;
    history.value = next;
  };

  const leaveOpened = () => {
    opened.value = undefined;
    unopened.value = undefined;
  };
  /** Shows a finished run; false, and nothing changes, where the files are none. */
  const open = async (source: RunSource): Promise<boolean> => {
    try {
      const run = await lab.open(source);
      if (!run) return false;
      leaveOpened();
      if ('at' in source) opened.value = source.at;
      takeSettingOf(run.config);
      trained.value = setting.value;
      place.value = 'map';
    } catch (error) {
      const what = 'at' in source ? 'This run' : source.name;
      unopened.value = sayError(error, { lead: `${what} cannot be opened` });
    }
    return true;
  };
  const takeNext = async (picking: Promise<readonly PickedFile[]>) => {
    files.value = undefined;
    unopened.value = undefined;
    try {
      const picked = await picking;
      if (picked.length === 0) {
        unopened.value = { words: NO_FILE };
        return;
      }
      // A run has few files, and to hand thousands over holds the page up.
      if (picked.length <= MOST_RUN_FILES && (await open({ name: nameOf(picked), files: picked }))) return;
      const next = withOwnFiles(setting.value);
      if (next !== setting.value) move(record(history.value, next));
      taken = picked;
    } finally {
      files.value = taken;
    }
  };
  /** Its setting can be trained anew here; one of a recipe that is not known stays where it was made. */
  const takeSettingOf = (config: ExperimentConfig | undefined) => {
    if (!config) return;
    const { dataDir: _, ...dataset } = config.dataset;
    try {
      const next = settingOf({ ...config, dataset } as ExperimentConfig);
      const promise = promised.value;
      move(record(history.value, next));
      promised.value = promise; // the link's is of the run it opens
    } catch {
      // what is set stays
    }
  };
  if (first.open) void open({ at: first.open });

  const start = () => {
    const { config } = draft.value;
    if (!config || !files.value) return;
    trained.value = setting.value;
    leaveOpened();
    lab.train(config, config.dataset.name === 'arrays' ? files.value : []);
  };
  const map = createMapState(lab);
  const learn = createLearn();

  return {
    obstacle: whyNothingTrains(),
    lab,
    map,
    learn,
    tour: createTour(factsOf({ lab, map, learn, place }), memoryOfPage()),
    hidden,
    setting,
    lost: computed(() => lostBetween(history.value.past.at(-1), history.value.present)),
    draft,
    place,
    promised,
    unknown,
    files,
    showsDetails,
    checked,
    kept,
    trained,
    unopened,
    unloaded,
    async load(what, part) {
      try {
        const loaded = await part();
        unloaded.value = undefined;
        return loaded;
      } catch {
        unloaded.value = what;
        return undefined;
      }
    },
    canUndo: computed(() => history.value.past.length > 0),
    canRedo: computed(() => history.value.future.length > 0),
    change: (next) => move(record(history.value, next)),
    take(picking) {
      // One after the other: of what is dropped while the first is looked at, the last stays.
      taking = taking.catch(() => {}).then(() => takeNext(picking));
      return taking;
    },
    set(field, value) {
      const { path, kinds } = field;
      const names = typeof value === 'string' ? kinds?.[value] : undefined;
      const next = names
        ? withKind(setting.value, path, value as string, names)
        : withChange(setting.value, path, value);
      move(record(history.value, next));
    },
    write(json) {
      try {
        const next = settingOf(JSON.parse(json) as ExperimentConfig);
        if (JSON.stringify(next) !== JSON.stringify(setting.value)) move(record(history.value, next));
        return undefined;
      } catch (error) {
        if (error instanceof SyntaxError) return `This is not JSON: ${error.message}`;
        return sayError(error).words;
      }
    },
    showDetails(on) {
      showsDetails.value = on;
    },
    shows: (part) => !hidden.value.includes(part),
    showAll() {
      hidden.value = [];
    },
    undo: () => move(undo(history.value)),
    redo: () => move(redo(history.value)),
    go(next) {
      // What is written into the address next is an entry of its own: the browser's way back leads to the place before.
      if (next !== place.value) globalThis.history.pushState(null, '', location.hash || '#/');
      place.value = next;
    },
    goOn(name) {
      const found = kept.take(name);
      if (found) {
        move(record(history.value, settingOf(found.config)));
        trained.value = setting.value;
      }
      leaveOpened();
      lab.goOn(name, files.value);
    },
    rescue(next) {
      move(record(history.value, next));
      trained.value = setting.value;
      lab.rescue(configOf(next));
    },
    async download(name) {
      giveFile(`${name}.zip`, await lab.export(name));
    },
    start,
    play() {
      const { phase } = lab.session.value;
      if (phase === 'paused') lab.resume();
      else if (isRunning(lab.session.value)) lab.pause();
      else start();
    },
    link() {
      const { end } = lab.session.value;
      const isOfRun = trained.value === setting.value && end?.reason !== 'aborted';
      const fingerprint = isOfRun ? end?.fingerprint : promised.value;
      const hash = writeLink({
        place: place.value,
        setting: setting.value,
        hidden: hidden.value,
        ...(fingerprint && { fingerprint }),
        ...(opened.value && { open: opened.value }),
      });
      return new URL(hash, location.href).href;
    },
  };
}

/** What picked files are called together: the folder they lie in, or the only one. */
function nameOf([first]: readonly PickedFile[]): string {
  return first?.name.split('/')[0] ?? '';
}

/** A file among the person's downloads. */
function giveFile(name: string, bytes: Uint8Array<ArrayBuffer>): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([bytes], { type: 'application/zip' }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000); // it is read after this turn
}

function draftOf(setting: Setting): Draft {
  try {
    return { config: configOf(setting) };
  } catch (error) {
    return { fault: faultOf(error) };
  }
}

/** Undefined where the page may keep nothing. */
function memoryOfPage(): Storage | undefined {
  try {
    return localStorage;
  } catch {
    return undefined;
  }
}
