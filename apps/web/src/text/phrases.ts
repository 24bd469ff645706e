import type { Session } from '../state/session.ts';

const count = new Intl.NumberFormat('en');
const decimal = new Intl.NumberFormat('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 });

/** `12,400`. */
export const sayCount = (value: number): string => count.format(Math.round(value));
/** `165.20`. */
export const sayNumber = (value: number): string => (Number.isFinite(value) ? decimal.format(value) : '–');

const [HOUR, DAY] = [3600, 86_400]; // in seconds

/** `under 1 s`, `8 s`, `3 min 20 s`, `1 h 5 min`, `12 days`. */
export function sayDuration(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 1) return 'under 1 s';
  if (whole < 60) return `${whole} s`;
  if (whole < HOUR)
    return whole % 60 === 0 ? `${whole / 60} min` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
  if (whole < 2 * DAY) return `${Math.floor(whole / HOUR)} h ${Math.floor((whole % HOUR) / 60)} min`;
  return `${sayCount(whole / DAY)} days`;
}

const megabytes = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });

/** `7.2 MB`. */
export const sayMegabytes = (bytes: number): string => `${megabytes.format(bytes / 1e6)} MB`;

/** `310 kB`, `7.2 MB`, `2.1 GB`. */
export function sayBytes(bytes: number): string {
  if (bytes < 1e6) return `${sayCount(bytes / 1e3)} kB`;
  return bytes < 1e9 ? sayMegabytes(bytes) : `${megabytes.format(bytes / 1e9)} GB`;
}

/** What the run does now, in a word or two. */
export function sayPhase({ phase, end, opened }: Session): string {
  if (opened !== undefined) return 'Opened';
  if (phase === 'ended') {
    if (end?.reason === 'stoppedEarly') return 'Stopped early: it no longer got better';
    return end && end.reason !== 'aborted' ? 'Finished' : 'Stopped'; // without an end, it never began
  }
  const words = {
    idle: 'Ready',
    starting: 'Starting',
    training: 'Training',
    paused: 'Held',
    failed: 'Failed',
  };
  return words[phase];
}

/** With a capital letter and an end. */
export const sentenceOf = (words: string): string => ended(capitalized(words));

/** A file's name at the beginning stays as it is. */
export function capitalized(text: string): string {
  return /^\S+[./]\S/.test(text) ? text : text.charAt(0).toUpperCase() + text.slice(1);
}

export const ended = (text: string) => (/[.?!…]$/.test(text) ? text : `${text}.`);
