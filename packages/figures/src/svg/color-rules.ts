import { CLASS_COLORS, NO_CLASS_COLOR } from '../colors.ts';
import type { SvgElement } from './svg.ts';
import { DARK } from './theme.ts';

/** What takes a light colour's place. */
interface Instead {
  readonly dark: string;
  /** On a light ground, for readers who ask for more contrast. */
  readonly moreContrast?: string;
}

const PAINTS = ['fill', 'stroke'] as const;

/** By paint and light colour. */
export const INSTEAD: Readonly<Record<(typeof PAINTS)[number], ReadonlyMap<string, Instead>>> = {
  fill: insteadOf('fill'),
  stroke: insteadOf('rim'),
};

function insteadOf(part: 'fill' | 'rim'): Map<string, Instead> {
  const { light, dark, moreContrast } = CLASS_COLORS;
  const theme = Object.entries(DARK).map(([from, to]): [string, Instead] => [from, { dark: to }]);
  const classes = light.map((one, i): [string, Instead] => [
    one[part],
    { dark: dark[i]![part], moreContrast: moreContrast[i]![part] },
  ]);
  const lines = moreContrast.map((one, i): [string, Instead] => [one[part], { dark: dark[i]![part] }]);
  const none: [string, Instead] = [
    NO_CLASS_COLOR.light[part],
    { dark: NO_CLASS_COLOR.dark[part], moreContrast: NO_CLASS_COLOR.moreContrast[part] },
  ];
  return new Map([...theme, ...classes, ...lines, none]);
}

/**
 * A style sheet over the attributes that hold light colours: a file or image goes by its reader's scheme, an SVG within a page by
 * the page's. Renderers that don't know `light-dark` keep the light ones.
 */
export function colorRules(elements: readonly SvgElement[]): string {
  const held = { fill: new Set<string>(), stroke: new Set<string>() };
  for (const element of elements) collectPaints(element, held);
  const [rules, moreRules]: [string[], string[]] = [[], []];
  for (const paint of PAINTS) {
    for (const [light, { dark, moreContrast = light }] of INSTEAD[paint]) {
      if (!held[paint].has(light)) continue;
      const rule = (to: string) => `.latentkit [${paint}='${light}']{${paint}:light-dark(${to},${dark})}`;
      if (dark !== light) rules.push(rule(light));
      if (moreContrast !== light) moreRules.push(rule(moreContrast));
    }
  }
  return [
    '@supports (color:light-dark(red,red)){', // simple renderers skip the rule, and with it what they can't read
    ':root.latentkit{color-scheme:light dark}',
    ...rules,
    ...(moreRules.length > 0 ? ['@media (prefers-contrast:more){', ...moreRules, '}'] : []),
    '}',
  ].join('');
}

function collectPaints(element: SvgElement, held: Record<(typeof PAINTS)[number], Set<string>>): void {
  for (const paint of PAINTS) {
    const value = element.attributes.get(paint);
    if (value !== undefined) held[paint].add(value);
  }
  for (const child of element.children) if (typeof child !== 'string') collectPaints(child, held);
}
