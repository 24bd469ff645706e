import { LatentkitError } from '@latentkit/core';
import { type ReadonlySignal, signal } from '@preact/signals';
import type { PickedFile } from '../data/dropped-files.ts';
import { afterEvent, isRunning, NO_SESSION, type Session, type SessionAct } from '../state/session.ts';
import { sayError } from '../text/faults.ts';
import type { Poster } from '../tour/poster.ts';
import { faultOf, NO_WORKER } from './fault.ts';
import { type Line, openLine } from './line.ts';
import type {
  CheckedConfig,
  LabCalls,
  LabEvent,
  LookCalls,
  LookEvent,
  OpenedRun,
  Pictures,
  RunRequest,
  ShownData,
  TakenFile,
} from './messages.ts';
import type { FoundRuns, RunSource } from './run-messages.ts';
import { type Watch, watch } from './watch.ts';

type Asks<Names extends keyof LookCalls, Nothing> = <Name extends Names>(
  name: Name,
  input: Parameters<LookCalls[Name]>[0],
) => Promise<Awaited<ReturnType<LookCalls[Name]>> | Nothing>;

/** All that the page asks of its workers; it alone talks to them. */
export interface Lab {
  readonly session: ReadonlySignal<Session>;
  /** The images that pictures are of; undefined before there is a run. */
  readonly data: ReadonlySignal<ShownData | undefined>;
  readonly pictures: ReadonlySignal<Pictures | undefined>;
  /** The finished run that is shown in the place of one made here, until there is one. */
  readonly poster: ReadonlySignal<Poster | undefined>;
  /** Shows a finished run, unless there is something truer to show. */
  showPoster(poster: Poster): void;
  /** Begins a run; the one under way ends. */
  train(config: unknown, files?: readonly PickedFile[]): void;
  /** Goes on with a kept run, to the weights that it would have come to. */
  goOn(name: string, files?: readonly PickedFile[]): void;
  /** Goes on with the run that blew up from its last whole epoch, by a config that cuts the rate there. */
  rescue(config: unknown): void;
  /** Shows a finished run that was made elsewhere; what is trained ends then. Undefined, and nothing changes, for files that are none. */
  open(source: RunSource): Promise<OpenedRun | undefined>;
  /** What became of runs that were under way, by their names. */
  unfinished(names: readonly string[]): Promise<FoundRuns>;
  forget(name: string): Promise<void>;
  /** A kept run's folder as a ZIP. */
  export(name: string): Promise<Uint8Array<ArrayBuffer>>;
  /** The report of the run that is shown, with a person's own files where it was made with such. */
  report(files: readonly PickedFile[]): Promise<TakenFile>;
  pause(): void;
  resume(): void;
  /** One step, and hold. */
  step(): void;
  stop(): void;
  /** Has what is trained written now, as far as it is. */
  flush(): void;
  /** What may be said of a config, and what is wrong with it. */
  check(config: unknown): Promise<CheckedConfig>;
  /** Codes `[count, latentDim]`, of a class where the model is told one, to bytes of images, by the newest weights; none where there are no weights yet. */
  decode(codes: Float32Array<ArrayBuffer>, label: number): Promise<Uint8Array>;
  /** Asks the worker that makes pictures; undefined where there is none yet. */
  look: Asks<'walk' | 'images' | 'judge' | 'explain' | 'decode' | 'cells' | 'values', undefined>;
  /** Has what is shown sent to another worker, by the other end of a port. */
  lend(port: MessagePort): Promise<void>;
  /** Asks for something of the runs that this browser keeps, or of the one that is shown. */
  ask: Asks<
    'stored' | 'draw' | 'rename' | 'keep' | 'takeOut' | 'beside' | 'vectors' | 'judgeMap' | 'isTable',
    never
  >;
}

/** All cores but one, which draws the page: the results are the same bits for any number. */
export const trainingThreads = (cores = navigator.hardwareConcurrency || 1): number => Math.max(1, cores - 1);

/** To hand a file over takes a third of a millisecond: with so many at once the page draws meanwhile. */
const FILES_AT_ONCE = 20;

/** A worker of ours, which does what its name says. The words that bundlers look for stand where it is made. */
export const makeWorker = (name: 'lab' | 'look' | 'map' | 'evaluate'): Worker =>
  new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name });

/** Starts the workers when they are wanted first. */
export function createLab(): Lab {
  const session = signal(NO_SESSION);
  const data = signal<ShownData | undefined>(undefined);
  const pictures = signal<Pictures | undefined>(undefined);
  const poster = signal<Poster | undefined>(undefined);
  let lab: Line<LabCalls> | undefined;
  /** What `lab` was last asked to train: over once all of it is written. */
  let training: Promise<unknown> = Promise.resolve();
  let look: Line<LookCalls> | undefined;
  /** Over the run under way. */
  let watched: Watch | undefined;
  /** Of the run that is shown: what an older one still tells is not for it. */
  let run = 0;

  const tell = (event: LabEvent | SessionAct) => {
    session.value = afterEvent(session.value, event);
  };
  const fail = (error: unknown) => tell({ type: 'fail', failure: faultOf(error) });

  function openLab(): Line<LabCalls> {
    const line = openLine<LabCalls, LabEvent>(makeWorker('lab'), {
      name: 'training worker',
      hear(event) {
        if (line !== lab) return;
        watched?.hear(event.type === 'steps');
        tell(event);
      },
      died(error) {
        if (line !== lab) return;
        // A page is not told why a file does not come; before the first word of a worker it is this, where there is no network.
        const isOffline = session.value.phase === 'starting' && !navigator.onLine;
        fail(isOffline ? new LatentkitError('E_NETWORK', NO_WORKER) : error);
      },
    });
    return line;
  }
  function openLook(): Line<LookCalls> {
    return openLine<LookCalls, LookEvent>(makeWorker('look'), {
      name: 'picture worker',
      hear(event) {
        if (event.type === 'data') {
          poster.value = undefined;
          data.value = event;
          pictures.value = undefined;
        } else pictures.value = event;
      },
      died(error) {
        look = undefined; // the next run starts another
        const note = `${sayError(error).words} The map and the pictures stay as they are; what is trained goes on, and the next run has pictures again.`;
        tell({ type: 'note', note });
      },
    });
  }

  function openedLook(): Line<LookCalls> {
    look ??= openLook();
    return look;
  }

  /** The worker whose download has broken off: what has come of it is there. */
  function loadingLab(): Line<LabCalls> | undefined {
    const { failure, download } = session.value;
    return failure?.code === 'E_NETWORK' && download ? lab : undefined;
  }

  /** The worker of the run before, if it has come to an end and is well: it has files and runs that are nowhere else. */
  function wellLab(): Line<LabCalls> | undefined {
    const { phase, failure } = session.value;
    return phase === 'ended' || failure?.code === 'E_NOT_FINITE' ? lab : undefined;
  }

  /** Lets the training worker go: one that trains at once, one whose run has ended when the last of its files is written. */
  function leaveLab(): void {
    const line = lab;
    lab = undefined;
    if (session.value.phase === 'ended') void training.finally(() => line?.close());
    else line?.close();
  }

  async function begin(
    asked: Pick<RunRequest, 'config' | 'resume' | 'isRescue'>,
    files: readonly PickedFile[] = [],
  ): Promise<void> {
    run++;
    const mine = run;
    const goesOn = asked.config === undefined || asked.isRescue;
    const before = goesOn ? wellLab() : files.length === 0 ? loadingLab() : undefined;
    // A run that is held, or in the middle of a download, ends at once with its worker; starting another takes less than a step.
    if (!before) leaveLab();
    const opened = before ?? openLab();
    lab = opened;
    tell({ type: 'begin', goesOn: asked.resume });
    const looking = openedLook();
    const { port1, port2 } = new MessageChannel();
    const watching = watch(
      () => opened.ask('ping', undefined),
      () => {
        opened.close();
        const words = 'The training worker does not answer any more: was memory short?';
        if (mine === run) fail(new LatentkitError('E_BACKEND', words));
      },
    );
    watched = watching;
    try {
      if (!before) {
        for (let i = 0; i < files.length; i += FILES_AT_ONCE) {
          await opened.ask('take', files.slice(i, i + FILES_AT_ONCE));
        }
      }
      // Both at once: what is asked next, to stop it say, is heard after the run has begun.
      const request = { ...asked, workers: trainingThreads(), look: port2 };
      const asking = opened.ask('train', request, [port2]);
      training = asking.catch(() => {}); // who began it tells
      await Promise.all([looking.ask('join', { port: port1 }, [port1]), asking]);
    } catch (error) {
      // Of one that does not answer, it has been told.
      if (mine === run && session.value.phase !== 'failed') fail(error);
    } finally {
      watching.end();
    }
  }

  async function zipOf(name: string): Promise<Uint8Array<ArrayBuffer>> {
    // What is in memory, and what is not written yet, has the worker that trains.
    const own = session.value.kept?.name === name && session.value.failure?.code !== 'E_BACKEND';
    const asked = own && lab ? lab.ask('export', { name }) : openedLook().ask('export', { name });
    return (await asked).zip;
  }

  return {
    session,
    data,
    pictures,
    poster,
    showPoster(next) {
      if (data.peek()) return;
      poster.value = next;
      // One after the other, as they come from a run: pictures are of the data that is there.
      data.value = next.data;
      pictures.value = next.pictures;
    },
    train: (config, files) => void begin({ config }, files),
    goOn: (name, files) => void begin({ resume: name }, files),
    rescue: (config) => void begin({ config, isRescue: true }),
    async open(source) {
      const looking = openedLook();
      // A worker's addresses begin where its script lies, and not where the page does.
      const from = 'at' in source ? { at: new URL(source.at, document.baseURI).href } : source;
      const before = run;
      const opened = await looking.ask('open', from);
      if (!opened) return undefined;
      if (run !== before) {
        throw new LatentkitError('E_USAGE', 'training began while it was read, and goes on', {
          fix: 'Open it again to see it instead',
        });
      }
      run++;
      const mine = run;
      leaveLab();
      await looking.ask('show', undefined);
      // A training that was begun in this very moment is what the page shows.
      if (mine === run) tell({ type: 'opened', run: opened });
      return opened;
    },
    unfinished: (names) => openedLook().ask('unfinished', { names }),
    async forget(name) {
      await openedLook().ask('forget', { name });
      tell({ type: 'renamed', name });
    },
    async ask(name, input) {
      const answer = await openedLook().ask(name, input as never);
      if (name === 'rename') tell({ type: 'renamed', ...(input as { name: string; to: string }) });
      return answer as never;
    },
    export: zipOf,
    async report(files) {
      const { kept } = session.value;
      const run = kept && { name: kept.name, zip: await zipOf(kept.name) };
      return openedLook().ask(
        'report',
        { ...(run && { run }), files, isWriting: isRunning(session.value) },
        run ? [run.zip.buffer] : [],
      );
    },
    pause() {
      if (!isRunning(session.value)) return;
      tell({ type: 'hold' });
      void lab?.ask('pause', undefined);
    },
    resume() {
      tell({ type: 'go' });
      void lab?.ask('resume', undefined);
    },
    step() {
      if (session.value.phase === 'training') tell({ type: 'hold' });
      void lab?.ask('step', undefined);
    },
    stop() {
      if (isRunning(session.value)) void lab?.ask('stop', undefined);
    },
    flush() {
      if (isRunning(session.value)) lab?.ask('flush', undefined).catch(() => {}); // a refusal is told by the run
    },
    check: (config) => openedLook().ask('check', { config }),
    look: async (name, input) => look?.ask(name, input as never) as never,
    lend: (port) => openedLook().ask('lend', { port }, [port]),
    decode: async (codes, label) =>
      look ? look.ask('decode', { codes, label }, [codes.buffer]) : new Uint8Array(0),
  };
}
