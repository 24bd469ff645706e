import type { ErrorCode } from '@latentkit/core';
import { type Fault, faultOf } from '../lab/fault.ts';
import { capitalized, ended } from './phrases.ts';
import { plainWords } from './plain-words.ts';

/** What went wrong, for a person; and what the program says of it, where words are left out. */
export interface SaidFault {
  readonly words: string;
  readonly details?: string;
}

/** What is said, and what can be done, where the package's own words are for programmers. */
const BY_CODE: Readonly<Record<ErrorCode, readonly [reason: string, fix?: string]>> = {
  E_USAGE: ['this cannot be done here'],
  E_UNKNOWN_NAME: ['there is a name in it that is not known here'],
  E_CONFIG: ['these settings do not go together'],
  E_RANGE: ['a number in it cannot be'],
  E_SHAPE: ['its sizes do not fit together'],
  E_FORMAT: ['it is damaged, or of a kind that is not read here', 'Get it anew'],
  E_LIMIT: ['it is larger than there is room for here', 'Take a smaller one'],
  E_CHECKSUM: ['what came is not what was published', 'Try again later'],
  E_NETWORK: ['it did not come: there is no connection, or its server does not answer', 'Try again later'],
  E_EXISTS: ['there is one of that name already'],
  E_NOT_FOUND: ['a part of it is not there'],
  E_IO: ['the browser did not read or write it', 'Download what matters, and load the page anew'],
  E_NOT_FINITE: ['its numbers grew beyond all bounds'],
  E_BACKEND: ['this browser could not compute it', 'Load the page anew'],
};
const UNFORESEEN: readonly [reason: string, fix?: string] = ['something in this page failed', 'Load it anew'];

/** Which file it is about. */
const FILE = /^[^\s:]+\.\w{2,11}: /;

interface SayFaultOptions {
  /** What could not be done: `'run.zip cannot be opened'`. */
  lead?: string;
  /** What to do is offered beside it. */
  isMended?: boolean;
}

/** Finds words for what went wrong: the package's own where they speak to people, and else the page's for its code. */
export function sayFault(
  { message, code, fix }: Fault,
  { lead, isMended = false }: SayFaultOptions = {},
): SaidFault {
  const told = fix === undefined ? message : message.slice(0, -fix.length).replace(/[.\s]+$/, '');
  const [ourReason, ourFix] = code === undefined ? UNFORESEEN : BY_CODE[code];
  const plain = code === undefined ? undefined : plainWords(told);
  const plainFix = fix === undefined ? undefined : plainWords(fix);
  const [name = ''] = FILE.exec(message) ?? [];
  const reason = plain?.words ?? name + ourReason;
  const remedy = plainFix?.words ?? (fix !== undefined || !plain ? ourFix : undefined);
  const sentence = lead === undefined ? capitalized(reason) : `${lead}: ${reason}`;
  const words = [sentence, isMended ? undefined : remedy].flatMap((part) => part ?? []);
  const isWhole = plain?.isWhole && (fix === undefined || (plainFix?.isWhole && !isMended));
  const details = [code, message].filter(Boolean).join(' ');
  return { words: words.map(ended).join(' '), ...(!isWhole && { details }) };
}

/** As {@link sayFault}, of what was thrown. */
export const sayError = (error: unknown, options?: SayFaultOptions): SaidFault =>
  sayFault(faultOf(error), options);

/** What a package notes, or says of a file that is left out; `otherwise` where that is for programmers. */
export const sayNote = (note: string, otherwise: string): string => plainWords(note)?.words ?? otherwise;
