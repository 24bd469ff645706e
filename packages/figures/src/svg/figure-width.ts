import { textWidth } from '../text/text-width.ts';
import type { Heading } from './figure.ts';
import { theme } from './theme.ts';

/**
 * How wide a figure must be for its content and its heading, both with margins, but never beyond `limit` for the
 * heading's sake.
 *
 * @returns CSS pixels.
 */
export function figureWidth(content: number, { title, subtitle }: Heading, limit: number): number {
  const words = Math.max(
    textWidth(title, theme.title.size, theme.title.weight),
    textWidth(subtitle, theme.subtitle.size),
  );
  return Math.ceil(Math.max(content, Math.min(words, limit - 2 * theme.margin)) + 2 * theme.margin);
}
