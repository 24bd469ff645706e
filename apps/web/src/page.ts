import type { ExperimentConfig } from '@latentkit/experiment/config';
import { effect, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import { filesFrom } from './data/dropped-files.ts';
import { createDrafting, type Drafting } from './drafting.ts';
import { createKeptRuns, type KeptRuns } from './kept-runs.ts';
import { createLab, type Lab } from './lab/lab.ts';
import { createLearn, type Learn } from './learn/learn.ts';
import { createMapState, type MapState } from './map/map-state.ts';
import { createOffline, type Offline } from './offline.ts';
import { createOpenedFiles, nameOf, type OpenedFiles } from './opened-files.ts';
import { whyNothingTrains, whyNotOnAPage } from './state/obstacles.ts';
import { isRunning } from './state/session.ts';
import { configOf, type Setting, settingOf, withOwnFiles } from './state/setting.ts';
import { type PartName, type Place, readLink, writeLink } from './state/url.ts';
import type { ExportFormat } from './text/exports.ts';
import { factsOf } from './tour/facts.ts';
import { createTour, type Tour } from './tour/tour.ts';

/** The page's state, and what a person can do to it. */
export interface Page extends Drafting, Pick<OpenedFiles, 'files' | 'unopened' | 'take'> {
  /** Why nothing can be trained in this browser; undefined where it can. */
  readonly obstacle: string | undefined;
  readonly lab: Lab;
  readonly map: MapState;
  readonly offline: Offline;
  readonly learn: Learn;
  readonly tour: Tour;
  readonly place: ReadonlySignal<Place>;
  /** The fingerprint that the link promises. */
  readonly promised: ReadonlySignal<string | undefined>;
  /** Parts of the link that were not understood. */
  readonly unknown: ReadonlySignal<readonly string[]>;
  /** Parts of the lab that the link hides. */
  readonly hidden: ReadonlySignal<readonly PartName[]>;
  /** Runs that stopped before their end, and are offered one after the other. */
  readonly kept: KeptRuns;
  /** What the run that is shown was set to; undefined before there is one. */
  readonly trained: ReadonlySignal<Setting | undefined>;
  /** What somebody wanted to train last. */
  readonly wanted: ReadonlySignal<Setting | undefined>;
  /** What takes files that are dropped, where a place has a use of its own for them. */
  readonly drops: Signal<Page['take'] | undefined>;
  /** {@link Page.take}, of files that were chosen. */
  takeFiles(files: readonly File[]): void;
  /** What of the page itself could not be loaded the last time; undefined for nothing. */
  readonly unloaded: ReadonlySignal<string | undefined>;
  /** Loads a part of the page that is wanted first; undefined, and told, where it cannot be had. */
  load<Part>(what: string, part: () => Promise<Part>): Promise<Part | undefined>;
  /** Whether the link does not hide a part. */
  shows(part: PartName): boolean;
  showAll(): void;
  go(place: Place): void;
  /** Shows a run that this browser keeps. */
  openStored(name: string): Promise<void>;
  /** Goes on with a kept run; its config sets the lab up where it has not been offered. */
  goOn(name: string, config?: ExperimentConfig): void;
  /** Goes on with the run that blew up, by a setting that cuts the rate. */
  rescue(setting: Setting): void;
  /** Gives what is shown to the person as a file, and its name. */
  takeOut(format: ExportFormat): Promise<string>;
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
  const place = signal(first.place);
  const promised = signal(first.fingerprint);
  const unknown = signal(first.unknown);
  const hidden = signal(first.hidden);
  const unloaded = signal<string | undefined>(undefined);
  const drafting = createDrafting(lab, {
    first: first.setting,
    onChange() {
      promised.value = undefined; // another setting has another fingerprint
    },
  });
  const { setting, draft, change } = drafting;
  const trained = signal<Setting | undefined>(undefined);
  const wanted = signal<Setting | undefined>(undefined);
  const go = (next: Place) => {
    // What is written into the address next is an entry of its own: the browser's way back leads to the place before.
    if (next !== place.value) globalThis.history.pushState(null, '', location.hash || '#/');
    place.value = next;
  };
  const opened = createOpenedFiles(lab, {
    folder: first.open,
    onRun(config) {
      takeSettingOf(config);
      trained.value = setting.value;
      wanted.value = undefined;
      place.value = 'map';
    },
    onFiles(about) {
      const next = withOwnFiles(setting.value, about);
      if (next !== setting.value) change(next);
      go('train'); // there it is told what was taken
    },
  });
  const { files } = opened;

  const hashWith = (fingerprint: string | undefined) =>
    writeLink({
      place: place.value,
      setting: setting.value,
      hidden: hidden.value,
      ...(fingerprint && { fingerprint }),
      ...(opened.folder.value && { open: opened.folder.value }),
    });
  // The address is the state: a reload, a bookmark and a link find the lab as it is.
  effect(() => {
    const hash = hashWith(promised.value);
    if (hash !== location.hash) globalThis.history.replaceState(null, '', hash);
  });
  addEventListener('hashchange', () => {
    const link = readLink(location.hash);
    place.value = link.place;
    unknown.value = link.unknown;
    hidden.value = link.hidden;
    // One may come here by going back: what is trained does not end by that.
    if (link.open && link.open !== opened.folder.peek() && !isRunning(lab.session.peek()))
      void opened.open({ at: link.open });
    if (JSON.stringify(link.setting) !== JSON.stringify(setting.value)) change(link.setting);
    promised.value = link.fingerprint;
  });

  const kept = createKeptRuns(lab, () =>
    setting.peek().dataset === 'arrays' && files.peek()?.length
      ? { name: nameOf(files.peek()!), count: files.peek()!.length }
      : undefined,
  );

  /** Its setting can be trained anew here; one of a recipe that is not known stays where it was made. */
  const takeSettingOf = (config: ExperimentConfig | undefined) => {
    if (!config) return;
    const { dataDir: _, ...dataset } = config.dataset;
    try {
      const next = settingOf({ ...config, dataset } as ExperimentConfig);
      const promise = promised.value;
      change(next);
      promised.value = promise; // the link's is of the run it opens
    } catch {
      // what is set stays
    }
  };
  if (first.open) void opened.open({ at: first.open });

  const obstacle = whyNothingTrains();
  const start = () => {
    const { config } = draft.value;
    if (!config || !files.value || obstacle !== undefined) return;
    wanted.value = setting.value;
    if (whyNotOnAPage(config)) return; // it is told, and what is shown stays
    trained.value = setting.value;
    opened.leave();
    lab.train(config, config.dataset.name === 'arrays' ? files.value : []);
  };
  const map = createMapState(lab);
  const learn = createLearn();
  const drops: Page['drops'] = signal(undefined);

  return {
    obstacle,
    lab,
    map,
    learn,
    // A page that shows a run beside it is of that place, and as new as it.
    offline: createOffline(first.open === undefined),
    tour: createTour(factsOf({ lab, map, learn, place }), memoryOfPage()),
    ...drafting,
    hidden,
    place,
    promised,
    unknown,
    files,
    kept,
    trained,
    wanted,
    unopened: opened.unopened,
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
    take: opened.take,
    drops,
    takeFiles: (chosen) => void opened.take(filesFrom(chosen)),
    shows: (part) => !hidden.value.includes(part),
    showAll() {
      hidden.value = [];
    },
    go,
    async openStored(name) {
      if (isRunning(lab.session.peek())) {
        // What is trained is written to where it is, and can be gone on with.
        lab.stop();
        await until(() => !isRunning(lab.session.value));
      }
      await opened.open({ kept: name });
    },
    goOn(name, given) {
      const config = kept.take(name)?.config ?? given;
      if (config) {
        change(settingOf(config));
        trained.value = setting.value;
      }
      opened.leave();
      lab.goOn(name, files.value);
    },
    rescue(next) {
      change(next);
      trained.value = setting.value;
      lab.rescue(configOf(next));
    },
    async takeOut(format) {
      const meant = { isolated: map.isolated.peek(), mask: map.selection.peek()?.mask };
      const { name, bytes } = await (format === 'report'
        ? lab.report(files.peek() ?? [])
        : lab.ask('takeOut', { format, meant }));
      giveFile(name, bytes);
      return name;
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
      return new URL(hashWith(fingerprint), location.href).href;
    },
  };
}

/** Over once something is so. */
function until(isSo: () => boolean): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const stop = effect(() => {
    if (isSo()) resolve();
  });
  return promise.then(stop);
}

/** A file among the person's downloads. */
function giveFile(name: string, bytes: Uint8Array<ArrayBuffer>): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([bytes]));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000); // it is read after this turn
}

/** Undefined where the page may keep nothing. */
function memoryOfPage(): Storage | undefined {
  try {
    return localStorage;
  } catch {
    return undefined;
  }
}
