import type { AnomalyScore } from '@latentkit/evaluation';
import { computed, effect, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { PickedFile } from '../data/dropped-files.ts';
import type {
  EvaluateCalls,
  EvaluatedRun,
  EvaluateEvent,
  ExplainedOdd,
  FoundOdd,
  ImagesByError,
  Measured,
} from '../lab/evaluate-messages.ts';
import { makeWorker, trainingThreads } from '../lab/lab.ts';
import { type Line, openLine } from '../lab/line.ts';
import type { Pictures, ShownData } from '../lab/messages.ts';
import { nameOf } from '../opened-files.ts';
import type { Page } from '../page.ts';
import { isRunning } from '../state/session.ts';
import { type SaidFault, sayError } from '../text/faults.ts';
import { endsOf } from './ends-of.ts';

/** What was found, and as many of the oddest as are shown. */
export interface Odd extends FoundOdd {
  readonly shown: readonly ExplainedOdd[];
}

/** Images by their error, from both ends. */
export interface ByError {
  readonly worst: ImagesByError;
  /** Absent where there is a single one. */
  readonly best?: ImagesByError;
}

/** Images to look at that are not the run's own. */
export interface Foreign {
  readonly name: string;
  readonly files: readonly PickedFile[];
}

/** How good the network that is shown is, and which images are unlike those that it knows. */
export interface Evaluation {
  /** What it is of; undefined before anything was asked. */
  readonly of: ReadonlySignal<(EvaluatedRun & { readonly name: string }) | undefined>;
  readonly shape: ReadonlySignal<ShownData['shape'] | undefined>;
  /** Whether it is of the rows of a table. */
  readonly isOfTable: ReadonlySignal<boolean>;
  /** Whether its images are not here: it is judged by a person's. */
  readonly isBare: ReadonlySignal<boolean>;
  /** Whether the network has learned on since. */
  readonly isOld: ReadonlySignal<boolean>;
  /** What is being done, from 0 to 1; undefined for nothing. */
  readonly doing: ReadonlySignal<{ readonly what: 'measure' | 'find'; readonly share: number } | undefined>;
  readonly fault: ReadonlySignal<SaidFault | undefined>;
  readonly rows: ReadonlySignal<Measured['rows']>;
  readonly missing: ReadonlySignal<Measured['missing']>;
  readonly byError: ReadonlySignal<ByError | undefined>;
  readonly odd: ReadonlySignal<Odd | undefined>;
  /** How many ordinary images may score above the threshold. */
  readonly alarms: Signal<number>;
  /** Undefined for the one that suits the model. */
  readonly score: Signal<AnomalyScore | undefined>;
  /** A person's files; undefined for the run's own. */
  readonly foreign: ReadonlySignal<Foreign | undefined>;
  lookAt(files: readonly PickedFile[] | undefined): void;
  measure(): Promise<void>;
  find(): Promise<void>;
  /** Shows more of the oddest. */
  more(): Promise<void>;
  stop(): void;
}

/** Images by error that are shown of each end, */
const SHOWN = 12;
/** and odd ones at a time. */
export const ODD_SHOWN = 12;

/** One for the page: who goes to another place finds it as it was. */
const opened = new WeakMap<Page, Evaluation>();

export function openEvaluation(page: Page): Evaluation {
  const found = opened.get(page) ?? createEvaluation(page);
  opened.set(page, found);
  return found;
}

type OpenLine = Line<EvaluateCalls>;
type Subject = { readonly data: ShownData; readonly pictures: Pictures };

function createEvaluation({ lab, trained, setting }: Page): Evaluation {
  const of = signal<(EvaluatedRun & { readonly name: string }) | undefined>(undefined);
  const subject = signal<Subject | undefined>(undefined);
  const doing = signal<{ readonly what: 'measure' | 'find'; readonly share: number } | undefined>(undefined);
  const fault = signal<SaidFault | undefined>(undefined);
  const rows = signal<Measured['rows']>([]);
  const missing = signal<Measured['missing']>([]);
  const byError = signal<ByError | undefined>(undefined);
  const odd = signal<Odd | undefined>(undefined);
  const alarms = signal(0);
  const score = signal<AnomalyScore | undefined>(undefined);
  const foreign = signal<Foreign | undefined>(undefined);
  let line: Promise<OpenLine> | undefined;
  let closeLine = () => {};
  /** Of what is asked: the answers of what was stopped are for nobody. */
  let asked = 0;

  function close(): void {
    asked++;
    closeLine();
    closeLine = () => {};
    line = undefined;
    doing.value = undefined;
  }
  /** Nothing is known of another network. */
  function forget(): void {
    close();
    of.value = undefined;
    subject.value = undefined;
    rows.value = [];
    missing.value = [];
    byError.value = undefined;
    odd.value = undefined;
    fault.value = undefined;
    score.value = undefined;
  }
  let shown = lab.data.peek();
  effect(() => {
    if (lab.data.value === shown) return;
    shown = lab.data.value;
    forget();
  });
  const isBare = computed(() => lab.data.value?.count === 0);
  const isOld = computed(() => {
    const [before, now] = [subject.value?.pictures, lab.pictures.value];
    return before !== undefined && now !== undefined && !isOfSame(before, now);
  });

  async function openWorker(): Promise<OpenLine> {
    const [data, pictures] = [lab.data.peek()!, lab.pictures.peek()!];
    const own = openLine<EvaluateCalls, EvaluateEvent>(makeWorker('evaluate'), {
      name: 'evaluating worker',
      hear(event) {
        if (event.type === 'rows') rows.value = [...rows.peek(), ...event.rows];
        else if (doing.peek()) doing.value = { ...doing.peek()!, share: event.share };
      },
      died() {}, // who asked it is told
    });
    closeLine = own.close;
    const session = lab.session.peek();
    const name = session.opened ?? session.kept?.name ?? (trained.peek() ?? setting.peek()).recipe;
    const { port1, port2 } = new MessageChannel();
    // Training goes on with what it has: one thread is enough beside it.
    const workers = isRunning(session) ? 1 : trainingThreads();
    const files = isBare.peek() ? foreign.peek()?.files : undefined;
    const opening = own.ask('open', { port: port2, workers, ...(files && { files }) }, [port2]);
    opening.catch(() => {}); // told below, where the other fails first
    await lab.lend(port1);
    const run = await opening;
    subject.value = { data, pictures };
    of.value = { ...run, name };
    return own;
  }

  async function act(what: 'measure' | 'find', use: (own: OpenLine, isMine: () => boolean) => Promise<void>) {
    if (isOld.peek()) forget();
    const mine = ++asked;
    const isMine = () => mine === asked;
    fault.value = undefined;
    doing.value = { what, share: 0 };
    try {
      line ??= openWorker();
      await use(await line, isMine);
    } catch (error) {
      if (!isMine()) return;
      if (!subject.peek()) close(); // it was never opened
      const lead = what === 'measure' ? 'This cannot be evaluated' : 'These cannot be ranked';
      fault.value = sayError(error, { lead });
    } finally {
      if (isMine() || !line) doing.value = undefined;
    }
  }

  return {
    ...{ of, isBare, isOld, doing, fault, rows, missing, byError, odd, alarms, score, foreign },
    shape: computed(() => subject.value?.data.shape),
    isOfTable: computed(() => lab.data.value?.table !== undefined),
    lookAt(files) {
      if (isBare.peek()) forget(); // what was found is of others
      foreign.value = files?.length ? { name: nameOf(files), files } : undefined;
    },
    measure: () =>
      act('measure', async (own, isMine) => {
        rows.value = [];
        byError.value = undefined;
        const measured = await own.ask('measure', undefined);
        if (!isMine()) return;
        missing.value = measured.missing;
        const { first, last } = endsOf(of.peek()!.count, SHOWN);
        const worst = await own.ask('byError', first);
        const best = last.count > 0 ? await own.ask('byError', last) : undefined;
        if (isMine()) byError.value = { worst, ...(best && { best }) };
      }),
    find: () =>
      act('find', async (own, isMine) => {
        odd.value = undefined;
        const offered = of.peek()!.scores.filter(({ why }) => why === undefined);
        const name = score.peek() ?? offered[0]?.name ?? 'reconstruction';
        const files = isBare.peek() ? undefined : foreign.peek()?.files; // they are its own
        const found = await own.ask('findOdd', { score: name, ...(files && { files }) });
        const first = await own.ask('explainOdd', { from: 0, count: ODD_SHOWN });
        if (!isMine()) return;
        alarms.value = found.cleanScores.length - found.rank;
        odd.value = { ...found, shown: [first] };
      }),
    async more() {
      const [found, own] = [odd.peek(), await line];
      if (!found || !own) return;
      const from = found.shown.length * ODD_SHOWN;
      try {
        const next = await own.ask('explainOdd', { from, count: ODD_SHOWN });
        if (odd.peek() === found) odd.value = { ...found, shown: [...found.shown, next] };
      } catch (error) {
        fault.value = sayError(error, { lead: 'No more can be shown' });
      }
    },
    stop() {
      close();
      if (!byError.peek()) rows.value = [];
      odd.value = undefined; // what would show more of it is gone
    },
  };
}

const isOfSame = (one: Pictures, other: Pictures) => one.epoch === other.epoch && one.batch === other.batch;
