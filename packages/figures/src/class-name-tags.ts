import { label } from './label.ts';
import type { SvgElement } from './svg-element.ts';
import { textWidth } from './text-width.ts';
import { theme } from './theme.ts';

/** A class and where its points lie, in the figure's pixels. */
export interface ClassMembers {
  name: string;
  /** At least one. */
  points: readonly (readonly [x: number, y: number])[];
}

const MAX_CLASSES = 20;
const MAX_LENGTH = 14;
const SIZE = 13;

function median(values: number[]): number {
  return values.sort((a, b) => a - b)[values.length >> 1]!;
}

/**
 * The names of classes at the medians of their points, with a halo to be read over them, so that nobody depends on
 * colour alone. Long names, and those that would cover one already set, are left to the legend.
 *
 * @example
 * classNameTags([{ name: '7', points: [[120, 90], [124, 95], [131, 88]] }]); // a '7' around [124, 90]
 */
export function classNameTags(classes: readonly ClassMembers[]): SvgElement[] {
  if (classes.length > MAX_CLASSES) return [];
  const taken: { x: number; y: number; half: number }[] = [];
  const tags: SvgElement[] = [];
  for (const { name, points } of classes) {
    const x = median(points.map(([one]) => one));
    const y = median(points.map(([, one]) => one));
    const half = textWidth(name, SIZE, 600) / 2 + 3;
    const covers = taken.some(
      (tag) => Math.abs(tag.x - x) < tag.half + half && Math.abs(tag.y - y) < SIZE + 2,
    );
    if (name.length > MAX_LENGTH || covers) continue;
    taken.push({ x, y, half });
    tags.push(
      label('heading', name, x, y + SIZE * 0.36, {
        'font-size': SIZE,
        'text-anchor': 'middle',
        stroke: theme.background,
        'stroke-width': 3.5,
        'stroke-linejoin': 'round',
        'stroke-opacity': 0.85,
        'paint-order': 'stroke',
      }),
    );
  }
  return tags;
}
