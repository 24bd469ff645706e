import type { SvgElement } from '../svg/svg-element.ts';
import { theme } from '../svg/theme.ts';
import { label } from '../text/label.ts';
import { textWidth } from '../text/text-width.ts';

/** A class and where its points lie, in the figure's pixels. */
export interface ClassMembers {
  name: string;
  /** At least one. */
  points: readonly (readonly [x: number, y: number])[];
}

const MAX_CLASSES = 20;
const MAX_LENGTH = 14;
const SIZE = 13;
const NUDGES = [0, 15, -15, 30, -30]; // pixels off the median, where another name stands

function median(values: number[]): number {
  return values.sort((a, b) => a - b)[values.length >> 1]!;
}

/**
 * The names of classes at the medians of their points, with a halo to be read over them, so that nobody depends on
 * colour alone. Names step aside for each other by up to 30 pixels. More than 20 classes, or a name of more than 14
 * characters, leave it all to the legend.
 *
 * @example
 * classNameTags([{ name: '7', points: [[120, 90], [124, 95], [131, 88]] }]); // a '7' around [124, 90]
 */
export function classNameTags(classes: readonly ClassMembers[]): SvgElement[] {
  if (classes.length > MAX_CLASSES || classes.some(({ name }) => name.length > MAX_LENGTH)) return [];
  const taken: { x: number; y: number; half: number }[] = [];
  const tags: SvgElement[] = [];
  for (const { name, points } of classes) {
    const x = median(points.map(([one]) => one));
    const centre = median(points.map(([, one]) => one));
    const half = textWidth(name, SIZE, 600) / 2 + 3;
    const y = NUDGES.map((nudge) => centre + nudge).find(
      (one) =>
        !taken.some((tag) => Math.abs(tag.x - x) < tag.half + half && Math.abs(tag.y - one) < SIZE + 2),
    );
    if (y === undefined) continue;
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
