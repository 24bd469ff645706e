import { shorten } from '@latentkit/core';
import { paint } from './paint.ts';

const QUOTED = /'([^']*)'/g;

/** Commander's complaint, whose hint is a line of its own, as one line that says where to read more. */
export function usageLine(text: string, command: string): string {
  const [message = '', ...hints] = text
    .trim()
    .split('\n')
    .map((line) => line.replace(/^error: /, '').replace(/^\((.*)\)$/, '$1'));
  const sentence = [message.replace(/\.$/, ''), ...hints, `See ${command} --help`].join('. ');
  const short = sentence.replace('?.', '?').replace(QUOTED, (_, quoted) => `'${shorten(quoted)}'`);
  return `${paint('red', 'error:')} ${short}\n`;
}
