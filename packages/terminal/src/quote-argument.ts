import { printable } from './printable.ts';

/**
 * A path as a shell takes it, for commands to paste. What a terminal would obey is spelt as bash, zsh and ksh read it.
 *
 * @example
 * quoteArgument("Ada's runs"); // 'Ada'\''s runs'
 */
export function quoteArgument(text: string): string {
  if (/^[\w./\\:@%+=,-]+$/.test(text)) return text;
  if (printable(text) === text) return `'${text.replaceAll("'", "'\\''")}'`;
  const spelt = text
    .replace(/['\\]/g, '\\$&')
    .replace(/./gsu, (one) => (printable(one) === one ? one : escapeOf(one)));
  return `$'${spelt}'`;
}

function escapeOf(character: string): string {
  return `\\u${character.codePointAt(0)!.toString(16).padStart(4, '0')}`;
}
