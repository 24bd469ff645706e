/**
 * A path as a shell takes it, for commands to paste.
 *
 * @example
 * quoteArgument("Ada's runs"); // 'Ada'\''s runs'
 */
export function quoteArgument(text: string): string {
  return /^[\w./\\:@%+=,-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
