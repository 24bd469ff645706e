import { textWidth } from './text-width.ts';

/**
 * The text itself where it fits, else as much of it as fits with an ellipsis behind.
 *
 * @param width CSS pixels.
 * @example
 * fitText('a rather long class name', 80, 11); // 'a rather lo…'
 */
export function fitText(text: string, width: number, size: number, weight = 400): string {
  if (textWidth(text, size, weight) <= width) return text;
  const characters = [...text];
  while (characters.length > 0 && textWidth(`${characters.join('')}…`, size, weight) > width)
    characters.pop();
  return `${characters.join('').trimEnd()}…`;
}
