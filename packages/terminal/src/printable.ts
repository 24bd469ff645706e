/**
 * A text that others chose, a folder's name for example, as a terminal may be given it: what would move its cursor, colour
 * it, break its line or turn its direction is a question mark, as `ls` shows it.
 *
 * @example
 * printable('runs/\u001b[31mred'); // 'runs/?[31mred'
 */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Bidi_Control}]/gu, '?');
}
