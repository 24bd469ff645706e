/** Numbers of an SVG are rounded to this many decimals: a fiftieth of a pixel at scale 2 is seen by nobody. */
const DECIMALS = 2;
const LONG_NUMBER = /-?\d+\.\d{3,}(e[-+]?\d+)?/g;

export type SvgAttributes = Readonly<Record<string, string | number | undefined>>;

/** An element of an SVG, before it is written. */
export interface SvgElement {
  readonly name: string;
  /** As they are written; numbers are rounded. */
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly (SvgElement | string)[];
}

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
  const written = Object.entries(attributes).flatMap(([key, value]): [string, string][] =>
    value === undefined ? [] : [[key, textOf(key, value)]],
  );
  return { name, attributes: new Map(written), children };
}

/** Elements that share a look, as one; none of none. */
export function group(look: SvgAttributes, elements: readonly SvgElement[]): SvgElement[] {
  return elements.length > 0 ? [svg('g', look, ...elements)] : [];
}

function textOf(name: string, value: string | number): string {
  if (typeof value === 'number') return shorten(value);
  const isDrawn = name === 'd' || name === 'transform';
  return isDrawn ? value.replace(LONG_NUMBER, (number) => shorten(Number(number))) : value;
}

function shorten(value: number): string {
  const rounded = Number(value.toFixed(DECIMALS));
  return String(rounded === 0 ? 0 : rounded);
}
