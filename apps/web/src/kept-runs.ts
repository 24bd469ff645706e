import { computed, effect, type ReadonlySignal, signal } from '@preact/signals';
import type { Lab } from './lab/lab.ts';
import type { Unfinished } from './lab/run-messages.ts';
import { runsUnderWay, type UnderWay } from './state/runs-under-way.ts';
import { isRunning } from './state/session.ts';

/** Looked at again so often while another tab trains a run that was noted: it may be closed. */
const AGAIN_MS = 5000;

/** A run that stopped before its end, and can be gone on with. */
export type OfferedRun = Unfinished & UnderWay;

/** The runs of this browser that can be gone on with. */
export interface KeptRuns {
  /** The newest that nobody has taken or put aside; none while something is trained. */
  readonly offered: ReadonlySignal<OfferedRun | undefined>;
  /** An offered run is gone on with. */
  take(name: string): OfferedRun | undefined;
  /** Not now: it is offered when the page is opened the next time. */
  putAside(name: string): void;
  /** Takes it away, for good. */
  forget(name: string): Promise<void>;
  rename(name: string, to: string): Promise<void>;
}

/**
 * Notes the run under way for the next time that the page is opened, and offers those that were noted before.
 *
 * @param filesOf the person's own files that a run learns from.
 */
export function createKeptRuns(lab: Lab, filesOf: () => UnderWay['files']): KeptRuns {
  const underWay = runsUnderWay(() => localStorage);
  const found = signal<readonly OfferedRun[]>([]);
  const without = (name: string) => {
    found.value = found.value.filter((run) => run.name !== name);
  };

  async function look(): Promise<void> {
    const noted = underWay.noted();
    if (noted.size === 0) return;
    const { stopped, elsewhere } = await lab.unfinished([...noted.keys()]);
    found.value = stopped.map((run) => ({ ...run, ...noted.get(run.name) }));
    for (const name of noted.keys()) {
      if (!elsewhere.includes(name) && !stopped.some((run) => run.name === name)) underWay.forget(name);
    }
    if (elsewhere.length > 0) setTimeout(() => look().catch(() => {}), AGAIN_MS);
  }
  look().catch(() => {}); // the place of runs cannot be read: there is nothing to offer

  // Steps come many times a second, and change none of these.
  const name = computed(() => {
    const { kept } = lab.session.value;
    return kept?.where === 'browser' ? kept.name : undefined;
  });
  /** To its end; or to where going on would only blow up again. */
  const isOver = computed(() => {
    const { end, failure } = lab.session.value;
    return (end !== undefined && end.reason !== 'aborted') || failure?.code === 'E_NOT_FINITE';
  });
  effect(() => {
    if (name.value === undefined) return;
    const files = filesOf();
    if (isOver.value) underWay.forget(name.value);
    else underWay.note(name.value, { ...(files && { files }) });
  });
  effect(() => {
    // Asked once a run; a browser may ask its person, who may say no.
    if (name.value !== undefined) navigator.storage?.persist?.().catch(() => {});
  });

  // A page that is closed, or put aside on a phone, may never come back: what is not written yet is written while there is time.
  addEventListener('pagehide', () => {
    lab.flush();
    const open = name.peek();
    if (open !== undefined && isRunning(lab.session.peek())) {
      underWay.note(open, { ...underWay.noted().get(open), closedAt: Date.now() });
    }
  });
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') lab.flush();
  });

  return {
    offered: computed(() => (isRunning(lab.session.value) ? undefined : found.value[0])),
    take(wanted) {
      const run = found.value.find((one) => one.name === wanted);
      without(wanted);
      return run;
    },
    putAside: without,
    async forget(unwanted) {
      await lab.forget(unwanted);
      without(unwanted);
      underWay.forget(unwanted);
    },
    async rename(before, to) {
      await lab.ask('rename', { name: before, to });
      const noted = underWay.noted().get(before);
      underWay.forget(before);
      if (noted) underWay.note(to, noted);
      found.value = found.value.map((run) => (run.name === before ? { ...run, name: to } : run));
    },
  };
}
