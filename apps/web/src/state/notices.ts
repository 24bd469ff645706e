import { type Fault, NO_WORKER } from '../lab/fault.ts';
import { DATA_CHOICES } from '../text/choices.ts';
import { type SaidFault, sayFault, sayNote } from '../text/faults.ts';
import { sayCount, sayMegabytes, sentenceOf } from '../text/phrases.ts';
import type { Session } from './session.ts';
import { configOf, isOfTables, type Setting, valueAt, withChange } from './setting.ts';

/** Something to know, and perhaps a setting that mends it. */
export interface Notice extends SaidFault {
  readonly key: string;
  /** Something went wrong, or cannot be. */
  readonly isBad: boolean;
  readonly remedy?: Remedy;
}

/**
 * What mends it: training by another setting, or setting the lab up by it; going on with a kept run, or from the last whole epoch of one
 * that blew up by another setting; taking a kept run away.
 */
export type Remedy = { readonly words: string } & (
  | { readonly does: 'train' | 'set' | 'rescue'; readonly setting: Setting }
  | { readonly does: 'goOn' | 'download'; readonly run: string }
);

interface Known {
  readonly session: Session;
  /** Of each dimension, in nats. */
  readonly kl: readonly number[] | undefined;
  readonly fault: Fault | undefined;
  /** Images a batch that fit, where what is wrong is that they do not. */
  readonly fits?: number | undefined;
  readonly unknown: readonly string[];
  /** What is set, and what the run that is shown was set to. */
  readonly setting: Setting;
  readonly trained?: Setting | undefined;
  /** What somebody wanted to train last. */
  readonly wanted?: Setting | undefined;
  /** What could not be opened, and why. */
  readonly unopened?: SaidFault | undefined;
  /** A part of the page that could not be loaded. */
  readonly unloaded?: string | undefined;
  /** Why nothing can be trained here. */
  readonly obstacle?: string | undefined;
}

/** Below it no dimension says anything: the decoder has learned to do without the code. */
const COLLAPSED_BELOW = 0.01;
/** Epochs before one speaks of a collapse: in the first ones it may pass. */
const COLLAPSE_AFTER = 2;

/** Of a note that is for programmers. */
const LESS = 'Something is slower here than it could be; nothing is wrong by it.';

/** Of a link that holds anything at all, so much is shown. */
const [MOST_PARTS, MOST_LETTERS] = [8, 60];

/** What a person should know, in the order of its weight. */
export function noticesOf({ session, kl, fault, unknown, ...known }: Known): Notice[] {
  const { fits, wanted, unopened, unloaded, obstacle, setting: draft, trained: setting = draft } = known;
  const notices: Notice[] = [];
  if (obstacle !== undefined) notices.push({ key: 'obstacle', words: obstacle, isBad: true });
  if (unopened !== undefined) notices.push({ key: 'unopened', ...unopened, isBad: true });
  if (unloaded !== undefined) {
    const words = `${unloaded} could not be loaded: there is no connection, or this page has been replaced by a newer one. Try again once you are connected, or load the page anew.`;
    notices.push({ key: 'unloaded', words, isBad: true });
  }
  // Of a setting that was tried and cannot be, the failure tells.
  const isTried = session.failure !== undefined && setting === draft;
  if (session.failure) {
    notices.push(
      noticeOfFailure(session.failure, { setting, session, canBe: !isTried || fault === undefined, fits }),
    );
  }
  if (session.phase === 'ended' && session.end?.reason === 'aborted' && session.kept) {
    notices.push({
      key: 'stopped',
      words: `Stopped after epoch ${session.rows.length} of ${session.start?.epochs}.`,
      isBad: false,
      remedy: { words: 'Go on where it stopped', does: 'goOn', run: session.kept.name },
    });
  }
  if (session.unkept !== undefined) notices.push(noticeOfUnkept(session.unkept, session.kept));
  if (session.notes.length > 0) {
    const said = new Set(session.notes.map((note) => sentenceOf(sayNote(note, LESS))));
    notices.push({ key: 'notes', words: [...said].join(' '), isBad: false });
  }
  // A run that was made elsewhere may be what none can be here: to look at it is well.
  const isWanted = wanted === draft;
  const isLookedAt = session.opened !== undefined && setting === draft && !isWanted;
  if (fault !== undefined && !isTried && !isLookedAt) {
    const remedy = fits !== undefined ? useBatches(fits, draft, 'set') : useStrict(draft, isWanted);
    notices.push({ key: 'fault', ...sayFault(fault), isBad: true, ...(remedy && { remedy }) });
  }
  if (unknown.length > 0) {
    const parts = unknown
      .slice(0, MOST_PARTS)
      .map((part) => (part.length > MOST_LETTERS ? `${part.slice(0, MOST_LETTERS)}…` : part));
    const more = unknown.length > MOST_PARTS ? ` and ${unknown.length - MOST_PARTS} more` : '';
    const words = `The link says what this page does not know, and leaves out: ${parts.join(', ')}${more}`;
    notices.push({ key: 'unknown', words, isBad: false });
  }
  if (kl && session.rows.length >= COLLAPSE_AFTER && kl.every((nats) => nats < COLLAPSED_BELOW)) {
    notices.push({
      key: 'collapse',
      words: `Posterior collapse: the code says nothing of the ${isOfTables(setting.recipe) ? 'row' : 'image'}, and every reconstruction is the same. A lower beta makes room for it.`,
      isBad: false,
      remedy: {
        words: 'Train with beta 0.5',
        does: 'train',
        setting: withChange(setting, 'training.beta', 0.5),
      },
    });
  }
  return notices;
}

/** A browser that keeps nothing, and one that has refused a write, are two things: of the latter something may be there. */
function noticeOfUnkept({ why, isRefused }: NonNullable<Session['unkept']>, kept: Session['kept']): Notice {
  const only = 'kept in memory only until you close this tab';
  const lead = isRefused ? `A write failed. What is trained from here on is ${only}` : `The run is ${only}`;
  return {
    key: 'unkept',
    ...sayFault(why, { lead }),
    isBad: isRefused,
    ...(kept && { remedy: { words: 'Download', does: 'download', run: kept.name } as const }),
  };
}

const useBatches = (images: number, setting: Setting, does: 'set' | 'train'): Remedy => ({
  ...{ words: `Use batches of ${sayCount(images)}`, does },
  setting: withChange(setting, 'training.batchSize', images),
});

/** Of what a page does not train by: a run of its own that it does. */
function useStrict(draft: Setting, isWanted: boolean): Remedy | undefined {
  if (draft.changes['training.arithmetic'] !== 'fused') return undefined; // no recipe's is
  const setting = withChange(draft, 'training.arithmetic', undefined);
  return isWanted
    ? { words: 'Train a run with strict arithmetic', does: 'train', setting }
    : { words: 'Use strict arithmetic', does: 'set', setting };
}

function noticeOfFailure(
  failure: Fault,
  {
    setting,
    session: { kept, whole, report, download, goesOn, fits: planned },
    canBe,
    fits,
  }: { setting: Setting; session: Session; canBe: boolean; fits: number | undefined },
): Notice {
  const say = (options?: Parameters<typeof sayFault>[1]) =>
    ({ key: 'failure', ...sayFault(failure, options), isBad: true }) as const;
  const { code, message } = failure;
  const batch = () => Number(valueAt(configOf(setting), 'training.batchSize'));
  if (code === 'E_LIMIT') {
    // By the plan of it, or else by half, where there was less room than planned.
    const isPlanned = planned !== undefined && planned < batch();
    const half = Math.max(1, Math.min(256, Math.floor(batch() / 2)));
    const fewer = isPlanned ? planned : canBe ? half : fits;
    // A network that is too large by itself is none the smaller for it, nor is a file.
    const isRead = setting.dataset !== 'arrays' || report !== undefined;
    if (!isRead || !fewer || fewer === batch()) return say({ lead: 'No room' });
    return { ...say({ lead: 'No room', isMended: true }), remedy: useBatches(fewer, setting, 'train') };
  }
  // Of a person's few pictures some are kept for validation: half of them all is in any case there to learn from.
  const half = Math.floor((report?.kept ?? 0) / 2);
  if (code === 'E_RANGE' && half >= 1 && batch() > half) {
    return { ...say({ isMended: true }), remedy: useBatches(half, setting, 'train') };
  }
  if (code === 'E_NETWORK' && message === NO_WORKER) {
    const again = goesOn ? ({ does: 'goOn', run: goesOn } as const) : ({ does: 'train', setting } as const);
    return { ...say(), remedy: { words: 'Try again', ...again } };
  }
  if (code === 'E_NETWORK' && download) return { ...sayBrokenOff(failure, setting, download), isBad: true };
  if (code === 'E_NOT_FINITE') {
    const remedy = afterNotFinite(setting, whole);
    const lead = remedy.does === 'rescue' ? 'Stopped, nothing lost' : 'Stopped';
    return { ...say({ lead, isMended: true }), remedy };
  }
  if (code === 'E_BACKEND' && kept?.where === 'browser') {
    // The worker is gone, perhaps for want of memory; what it wrote is not.
    const remedy = { words: 'Go on from its last checkpoint', does: 'goOn', run: kept.name } as const;
    return { ...say({ isMended: true }), remedy };
  }
  return say();
}

/** What has come of a data set is kept, and need not come again. */
function sayBrokenOff(
  { message, code }: Fault,
  setting: Setting,
  { loadedBytes, totalBytes }: NonNullable<Session['download']>,
): Omit<Notice, 'isBad'> {
  const name = DATA_CHOICES.find((choice) => choice.name === setting.dataset)?.words ?? setting.dataset;
  const why = 'there is no connection, or its server does not answer';
  const kept = `${sayMegabytes(loadedBytes).replace(/ MB$/, '')} of ${sayMegabytes(totalBytes)} are kept`;
  return {
    key: 'failure',
    words:
      loadedBytes > 0
        ? `The download of ${name} broke off: ${why}. ${kept}.`
        : `${name} did not come: ${why}.`,
    details: `${code} ${message}`,
    remedy: { words: loadedBytes > 0 ? 'Go on' : 'Try again', does: 'train', setting },
  };
}

/** From the last whole epoch a run goes on with half the rate, which its config says from then on; each time anew. */
function afterNotFinite(setting: Setting, whole: number | undefined): Remedy {
  const config = configOf(setting);
  if (whole !== undefined) {
    const { rateCut } = config.training;
    return {
      words: `Go on from epoch ${whole} with half ${rateCut === undefined ? 'the' : 'that'} rate`,
      does: 'rescue',
      setting: withChange(setting, 'training.rateCut', withHalf(rateCut, whole)),
    };
  }
  const rate = valueAt(config, 'training.learningRate');
  const path = typeof rate === 'number' ? 'training.learningRate' : 'training.learningRate.from';
  const half = withChange(setting, path, Number(valueAt(config, path)) / 2);
  return { words: 'Train with half the rate', does: 'train', setting: half };
}

type RateCuts = ReturnType<typeof configOf>['training']['rateCut'];

/** A cut more, after some epochs; where the last one was there, too, it is a deeper one. */
function withHalf(cuts: RateCuts, after: number): RateCuts {
  const before = [cuts ?? []].flat();
  const last = before.at(-1);
  const all =
    last?.after === after
      ? [...before.slice(0, -1), { after, factor: last.factor / 2 }]
      : [...before, { after, factor: 0.5 }];
  return all.length === 1 ? all[0] : all;
}
