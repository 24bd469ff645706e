import { CLASS_COLORS, NO_CLASS_COLOR } from '@latentkit/figures/colors';
import { NO_CATEGORY, POINT } from '../scatter/points.ts';
import { evenOrder, isDrawn, OTHERS_ALPHA, SELECTED_SIZE } from '../scatter/renderer.ts';
import { categoryOf } from './map-colors.ts';

/** What is looked at on a map: the others are grey, and lie beneath. */
export interface Meant {
  /** The class that is shown alone; undefined for all. */
  readonly isolated?: number | undefined;
  /** `[count]`: 1 for codes that are selected; undefined where none is. */
  readonly mask?: Uint8Array | undefined;
}

/** Codes on their plane. */
interface DrawnMap extends Meant {
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
  /** `NO_CATEGORY` for none. */
  readonly labels?: Uint8Array;
  readonly classNames?: readonly string[];
  /** Whether one and two deviations of a standard normal prior are drawn. */
  readonly hasRings: boolean;
}

const [WIDTH, HEIGHT, MARGIN, DOT] = [800, 800, 24, 3];
/** Digits behind the point: a hundredth of a pixel is not seen. */
const short = (value: number) => String(Math.round(100 * value) / 100);

/**
 * The map as a drawing for print: dots as they lie over one another on the page, in the colours of their classes on a light ground, the
 * classes' names at the medians of their dots, the prior's rings.
 */
export function drawMapSvg({ x, y, labels, classNames, hasRings, isolated, mask }: DrawnMap): string {
  const xs = spanOf(x, hasRings);
  const ys = spanOf(y, hasRings);
  // Both axes in one scale: rings are round.
  const scale = Math.min((WIDTH - 2 * MARGIN) / xs.size, (HEIGHT - 2 * MARGIN) / ys.size);
  const across = (value: number) => WIDTH / 2 + scale * (value - xs.middle);
  const down = (value: number) => HEIGHT / 2 - scale * (value - ys.middle);
  const rings = hasRings
    ? [1, 2].map(
        (deviations) =>
          `<circle class="ring" cx="${short(across(0))}" cy="${short(down(0))}" r="${short(scale * deviations)}"/>`,
      )
    : [];
  const faint = NO_CLASS_COLOR.light.rim;
  const dotsOf = (pass: 'others' | 'meant') =>
    [...evenOrder(x.length)].flatMap((row) => {
      const state = mask?.[row] ? POINT.selected : POINT.plain;
      const shown = { isolated, hasSelection: mask !== undefined };
      if (!isDrawn(pass, categoryOf(labels?.[row]), state, shown)) return [];
      const none = { fill: faint, rim: faint };
      const { fill, rim } = (pass === 'meant' && CLASS_COLORS.light[labels?.[row] ?? NO_CATEGORY]) || none;
      const r = short(state === POINT.selected ? DOT * SELECTED_SIZE : DOT);
      return `<circle cx="${short(across(x[row]!))}" cy="${short(down(y[row]!))}" r="${r}" fill="${fill}" stroke="${rim}"/>`;
    });
  const names = classesOf(labels).map((label) => {
    const rows = Array.from(x, (_, row) => row).filter((row) => labels![row] === label);
    const [left, top] = [medianOf(rows.map((row) => x[row]!)), medianOf(rows.map((row) => y[row]!))];
    const opacity = isolated === undefined || isolated === label ? '' : ` opacity="${OTHERS_ALPHA}"`;
    return `<text x="${short(across(left))}" y="${short(down(top))}"${opacity}>${escapeXml(classNames?.[label] ?? String(label))}</text>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" font-family="Inter, system-ui, sans-serif">
<title>Latent map of ${x.length} codes</title>
<rect width="100%" height="100%" fill="#ffffff"/>
<g fill="none" stroke="#8b94a1">${rings.join('')}</g>
<g stroke-width="0.75" opacity="${OTHERS_ALPHA}">
${dotsOf('others').join('\n')}
</g>
<g stroke-width="0.75">
${dotsOf('meant').join('\n')}
</g>
<g font-size="18" font-weight="700" text-anchor="middle" dominant-baseline="central" fill="#1b1f24" stroke="#ffffff" stroke-width="3" paint-order="stroke">${names.join('')}</g>
</svg>
`;
}

/** What an axis shows: all codes, and two deviations of the prior where there are rings. */
function spanOf(values: ArrayLike<number>, hasRings: boolean): { middle: number; size: number } {
  let [least, most] = hasRings ? [-2, 2] : [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let i = 0; i < values.length; i++) {
    least = Math.min(least, values[i]!);
    most = Math.max(most, values[i]!);
  }
  return { middle: (least + most) / 2, size: most - least || 1 };
}

const classesOf = (labels: Uint8Array | undefined): number[] =>
  [...new Set(labels)].filter((label) => label !== NO_CATEGORY).sort((a, b) => a - b);

const medianOf = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1]!;

const escapeXml = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
