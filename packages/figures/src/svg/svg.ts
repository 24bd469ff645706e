import { SvgElement, SvgText } from './svg-element.ts';

export type SvgAttributes = Readonly<Record<string, string | number | undefined>>;

/**
 * An SVG element with its attributes (those that are `undefined` are left out) and children.
 *
 * @example
 * svg('text', { x: 24, y: 36, 'font-weight': 600 }, 'Loss');
 */
export function svg(
  name: string,
  attributes: SvgAttributes = {},
  ...children: (SvgElement | string)[]
): SvgElement {
  const element = new SvgElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined) element.setAttribute(key, value);
  }
  for (const child of children) element.appendChild(typeof child === 'string' ? new SvgText(child) : child);
  return element;
}
