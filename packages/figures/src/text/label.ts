import type { SvgElement } from '../svg/svg.ts';
import { type SvgAttributes, svg } from '../svg/svg.ts';
import { type TextStyle, theme } from '../svg/theme.ts';

/**
 * A line of text in one of the theme's styles, its baseline's start at `x, y`.
 *
 * @example
 * label('heading', 'KL divergence', 24, 92);
 */
export function label(
  style: TextStyle,
  text: string,
  x: number,
  y: number,
  attributes: SvgAttributes = {},
): SvgElement {
  const { size, weight, fill } = theme[style];
  return svg(
    'text',
    { x, y, 'font-size': size, 'font-weight': weight === 400 ? undefined : weight, fill, ...attributes },
    text,
  );
}
