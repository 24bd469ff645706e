const SHOWN_CHARACTERS = 40;

/**
 * The beginning of a text that is too long to be repeated in a message.
 *
 * @example
 * shorten('a'.repeat(5_000_000)); // 40 a's and '...'
 */
export function shorten(text: string): string {
  return text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS)}...` : text;
}
