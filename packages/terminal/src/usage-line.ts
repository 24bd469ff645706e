import { paint } from './paint.ts';

/** Commander's complaint, whose hint is a line of its own, as one line that says where to read more. */
export function usageLine(text: string, command: string): string {
  const [message = '', ...hints] = text
    .trim()
    .split('\n')
    .map((line) => line.replace(/^error: /, '').replace(/^\((.*)\)$/, '$1'));
  const sentence = [message.replace(/\.$/, ''), ...hints, `See ${command} --help`].join('. ');
  return `${paint('red', 'error:')} ${sentence.replace('?.', '?')}\n`;
}
