import { fitText } from '../text/fit-text.ts';
import { label } from '../text/label.ts';
import { colorRules } from './color-rules.ts';
import { serializeSvg } from './serialize-svg.ts';
import { type SvgElement, svg } from './svg.ts';
import { theme } from './theme.ts';

/** The words over a figure; an empty string leaves a line out. */
export interface Heading {
  title: string;
  subtitle: string;
}

/** Where the content of a figure begins, below its heading, in CSS pixels. */
export function contentTop({ title, subtitle }: Heading): number {
  return theme.margin + (title === '' ? 0 : 24) + (subtitle === '' ? 0 : 20);
}

/**
 * A standalone SVG, light or dark as its reader wants: ground, heading, content, and the title as its accessible name.
 *
 * @param size CSS pixels.
 * @example
 * figure({ width: 400, height: 120 }, { title: 'Loss', subtitle: '' }, [label('label', 'nothing yet', 24, 80)]);
 */
export function figure(
  { width, height }: { width: number; height: number },
  { title, subtitle }: Heading,
  content: readonly SvgElement[],
): string {
  const room = width - 2 * theme.margin;
  const parts: SvgElement[] = [svg('rect', { width, height, fill: theme.background })];
  if (title !== '') {
    const { size, weight } = theme.title;
    parts.push(label('title', fitText(title, room, size, weight), theme.margin, theme.margin + 14));
  }
  if (subtitle !== '') {
    const baseline = theme.margin + (title === '' ? 10 : 34);
    parts.push(label('subtitle', fitText(subtitle, room, theme.subtitle.size), theme.margin, baseline));
  }
  const root = svg(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      width,
      height,
      viewBox: `0 0 ${width} ${height}`,
      class: 'latentkit',
      role: 'img',
      'font-family': theme.fontFamily,
      style: 'max-width:100%;height:auto',
    },
    ...(title === '' ? [] : [svg('title', {}, title)]),
    svg('style', {}, colorRules([...parts, ...content])),
    ...parts,
    ...content,
  );
  return serializeSvg(root);
}
