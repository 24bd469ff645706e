import type { SvgElement } from '../svg/svg.ts';
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
const LEAST_SPREAD = 3 * SIZE; // of the medians: below it names would hide the points, and tell nobody apart
const NUDGES = [0, 15, -15, 30, -30]; // pixels off the median, where another name stands

function median(values: number[]): number {
  return values.sort((a, b) => a - b)[values.length >> 1]!;
}

/**
 * The names of classes at the medians of their points, with a halo to be read over them, so that nobody depends on
 * colour alone. Names step aside for each other by up to 30 pixels. More than 20 classes, a name of more than 14
 * characters, or several classes in one spot leave it all to the legend.
 *
 * @example
 * classNameTags([{ name: '7', points: [[120, 90], [124, 95], [131, 88]] }]); // a '7' around [124, 90]
 */
export function classNameTags(classes: readonly ClassMembers[]): SvgElement[] {
  if (classes.length > MAX_CLASSES || classes.some(({ name }) => name.length > MAX_LENGTH)) return [];
  const centres = classes.map(({ name, points }) => ({
    name,
    x: median(points.map(([x]) => x)),
    centre: median(points.map(([, y]) => y)),
  }));
  if (classes.length > 1 && spreadOf(centres) < LEAST_SPREAD) return [];
  const taken: { x: number; y: number; half: number }[] = [];
  const tags: SvgElement[] = [];
  for (const { name, x, centre } of centres) {
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

/** The longer side of the box around some points. */
function spreadOf(points: readonly { x: number; centre: number }[]): number {
  const sides = [points.map(({ x }) => x), points.map(({ centre }) => centre)];
  return Math.max(...sides.map((values) => Math.max(...values) - Math.min(...values)));
}
