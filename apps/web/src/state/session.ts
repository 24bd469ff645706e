import type { ImportProgress, ImportReport } from '@latentkit/datasets/import';
import type { EpochEvent } from '@latentkit/trainers';
import type { Fault } from '../lab/fault.ts';
import type { LabEvent, OpenedRun, StepsEvent } from '../lab/messages.ts';

/** What happens: never in a link. */
export interface Session {
  readonly phase: 'idle' | 'starting' | 'training' | 'paused' | 'ended' | 'failed';
  readonly download?: Extract<LabEvent, { type: 'download' }>;
  /** How far a person's own files are read. */
  readonly importing?: ImportProgress;
  /** What became of them. */
  readonly report?: ImportReport;
  readonly start?: Extract<LabEvent, { type: 'start' }>;
  readonly steps?: StepsEvent;
  readonly rows: readonly EpochEvent[];
  readonly notes: readonly string[];
  /** The name of a run that was opened, and is only looked at. */
  readonly opened?: string;
  /** The last whole epoch, from which the run can go on if it blows up. */
  readonly whole?: number;
  /** Images of the largest batch that there is room for, where a run had none. */
  readonly fits?: number;
  /** The kept run that it goes on with. */
  readonly goesOn?: string;
  /** The name that the run is kept under, and where. */
  readonly kept?: Omit<Extract<LabEvent, { type: 'kept' }>, 'type'>;
  /** Why it is in this tab alone. */
  readonly unkept?: Omit<Extract<LabEvent, { type: 'unkept' }>, 'type'>;
  readonly end?: Extract<LabEvent, { type: 'end' }>;
  readonly failure?: Fault;
}

/** What the page itself does to a session. */
export type SessionAct =
  | { readonly type: 'begin'; readonly goesOn?: string | undefined }
  | { readonly type: 'opened'; readonly run: OpenedRun }
  /** A kept run has another name; without one, it was taken away. */
  | { readonly type: 'renamed'; readonly name: string; readonly to?: string }
  | { readonly type: 'hold' }
  | { readonly type: 'go' }
  | { readonly type: 'fail'; readonly failure: Fault };

export const NO_SESSION: Session = { phase: 'idle', rows: [], notes: [] };

/** A session after something happened. */
export function afterEvent(session: Session, event: LabEvent | SessionAct): Session {
  switch (event.type) {
    case 'begin':
      return { ...NO_SESSION, phase: 'starting', ...(event.goesOn && { goesOn: event.goesOn }) };
    case 'opened': {
      const { name, isKept, start, rows, end, notes } = event.run;
      return {
        ...{ phase: 'ended', opened: name, start, rows, notes, end },
        ...(isKept && { kept: { name, where: 'browser' } }),
      };
    }
    case 'renamed': {
      const { name, to } = event;
      if (session.kept?.name !== name) return session;
      const { kept, ...rest } = session;
      if (to === undefined) return rest;
      return { ...rest, kept: { ...kept, name: to }, ...(session.opened === name && { opened: to }) };
    }
    case 'start':
      return { ...session, phase: session.phase === 'paused' ? 'paused' : 'training', start: event };
    case 'download':
      return { ...session, download: event };
    case 'import':
      return { ...session, importing: event.progress };
    case 'imported':
      return { ...session, report: event.report };
    case 'kept': {
      const { type: _, ...kept } = event;
      const { unkept, ...rest } = session;
      return { ...rest, kept, ...(unkept && kept.where === 'memory' && { unkept }) };
    }
    case 'unkept': {
      const { type: _, ...unkept } = event;
      return { ...session, unkept };
    }
    case 'note':
      return { ...session, notes: [...session.notes, event.note] };
    case 'fits':
      return { ...session, fits: event.images };
    case 'whole':
      return { ...session, whole: event.epoch };
    case 'steps':
      return { ...session, steps: event };
    case 'epoch':
      return { ...session, rows: [...session.rows, event.row] };
    case 'end':
      return { ...session, phase: 'ended', end: event };
    case 'stopped':
      return { ...session, phase: 'ended' };
    case 'hold':
      return isRunning(session) ? { ...session, phase: 'paused' } : session;
    case 'go':
      return session.phase === 'paused' ? { ...session, phase: 'training' } : session;
    case 'fail':
      return { ...session, phase: 'failed', failure: event.failure };
  }
}

/** Whether it trains, or will when it goes on. */
export function isRunning({ phase }: Session): boolean {
  return phase === 'starting' || phase === 'training' || phase === 'paused';
}

/** How far a run is. */
export interface Progress {
  /** 0 to 1. */
  readonly share: number;
  /** 1 for the first. */
  readonly epoch: number;
  readonly epochs: number;
  readonly imagesPerSecond?: number;
  /** To the last epoch at this pace; early stopping may end it before. */
  readonly secondsLeft?: number;
}

export function progressOf({ start, steps, end, rows }: Session): Progress | undefined {
  if (!start) return undefined;
  const { epochs, batches } = start;
  const before = start.resumes ? start.resumes.epoch * batches + start.resumes.batch : 0;
  const done = steps ? (steps.epoch - 1) * batches + steps.batch : before;
  const share = end ? 1 : done / (epochs * batches);
  const epoch = Math.max(1, steps?.epoch ?? 1, rows.length);
  if (!steps || steps.seconds <= 0 || done <= before) return { share, epoch, epochs };
  const secondsLeft = end ? 0 : ((epochs * batches - done) * steps.seconds) / (done - before);
  return { share, epoch, epochs, imagesPerSecond: steps.images / steps.seconds, secondsLeft };
}
