import type { Session } from './session.ts';
import { configOf, type Setting, valueAt, withChange } from './setting.ts';

/** Something to know, and perhaps a setting that mends it. */
export interface Notice {
  readonly key: string;
  readonly words: string;
  /** Something went wrong, or cannot be. */
  readonly isBad: boolean;
  readonly remedy?: Remedy;
}

/** What mends it: training by another setting, or going on with a kept run. */
export type Remedy = { readonly words: string } & (
  | { readonly setting: Setting; readonly goOn?: undefined }
  | { readonly goOn: string; readonly setting?: undefined }
);

interface Known {
  readonly session: Session;
  /** Of each dimension, in nats. */
  readonly kl: readonly number[] | undefined;
  readonly fault: string | undefined;
  readonly unknown: readonly string[];
  readonly setting: Setting;
  /** Why a run could not be opened. */
  readonly unopened?: string | undefined;
  /** Why nothing can be trained here. */
  readonly obstacle?: string | undefined;
}

/** Below it no dimension says anything: the decoder has learned to do without the code. */
const COLLAPSED_BELOW = 0.01;
/** Epochs before one speaks of a collapse: in the first ones it may pass. */
const COLLAPSE_AFTER = 2;

/** What a person should know, in the order of its weight. */
export function noticesOf({ session, kl, fault, unknown, setting, unopened, obstacle }: Known): Notice[] {
  const notices: Notice[] = [];
  if (obstacle !== undefined) notices.push({ key: 'obstacle', words: obstacle, isBad: true });
  if (unopened !== undefined) {
    notices.push({ key: 'unopened', words: `This run cannot be opened: ${unopened}`, isBad: true });
  }
  if (session.failure) notices.push(noticeOfFailure(session.failure, { setting, kept: session.kept }));
  if (session.unkept !== undefined) {
    notices.push({
      key: 'unkept',
      words: `Kept in this tab alone, until you close it: ${session.unkept}`,
      isBad: false,
    });
  }
  for (const note of session.notes) notices.push({ key: note, words: note, isBad: false });
  if (fault !== undefined) notices.push({ key: 'fault', words: fault, isBad: true });
  if (unknown.length > 0) {
    const words = `The link says what this page does not know, and leaves out: ${unknown.join(', ')}`;
    notices.push({ key: 'unknown', words, isBad: false });
  }
  if (kl && session.rows.length >= COLLAPSE_AFTER && kl.every((nats) => nats < COLLAPSED_BELOW)) {
    notices.push({
      key: 'collapse',
      words:
        'Posterior collapse: the code says nothing of the image, and every reconstruction is the same. A lower beta makes room for it. ',
      isBad: false,
      remedy: { words: 'Train with beta 0.5', setting: withChange(setting, 'training.beta', 0.5) },
    });
  }
  return notices;
}

function noticeOfFailure(
  { code, message }: NonNullable<Session['failure']>,
  { setting, kept }: { setting: Setting; kept: string | undefined },
): Notice {
  const notice = { key: 'failure', words: message, isBad: true };
  if (code === 'E_LIMIT') {
    const batch = valueAt(configOf(setting), 'training.batchSize');
    const fewer = typeof batch === 'number' ? Math.max(1, Math.min(256, Math.floor(batch / 2))) : 256;
    return {
      ...notice,
      words: `No room: ${message} `,
      remedy: { words: `Use batches of ${fewer}`, setting: withChange(setting, 'training.batchSize', fewer) },
    };
  }
  if (code === 'E_NOT_FINITE') {
    const rate = valueAt(configOf(setting), 'training.learningRate');
    const half =
      typeof rate === 'number'
        ? withChange(setting, 'training.learningRate', rate / 2)
        : withChange(
            setting,
            'training.learningRate.from',
            Number(valueAt(configOf(setting), 'training.learningRate.from')) / 2,
          );
    return { ...notice, words: `${message} `, remedy: { words: 'Train with half the rate', setting: half } };
  }
  if (code === 'E_BACKEND' && kept !== undefined) {
    // The worker is gone, perhaps for want of memory; what it wrote is not.
    return {
      ...notice,
      words: `${message} `,
      remedy: { words: 'Go on from its last checkpoint', goOn: kept },
    };
  }
  return notice;
}
