import { effect, type ReadonlySignal } from '@preact/signals';
import { categoryOf, followColors } from '../map/map-colors.ts';
import type { Scatter } from '../scatter/api.ts';
import type { DotColor, ScatterColors } from '../scatter/colors.ts';
import { POINT } from '../scatter/points.ts';
import type { PointRenderer } from '../scatter/renderer.ts';
import { createScatter } from '../scatter/scatter.ts';
import { sayMapNews } from '../text/map-news.ts';
import type { Link } from './link.ts';

/** What lies on a map, row by row. */
export interface LinkedPoints {
  readonly count: number;
  readonly labels?: ArrayLike<number> | undefined;
  readonly names: readonly string[];
  /** What a row is, for those who do not see it. */
  say(row: number): string;
  /** Where they lie now, `[count, 2]`; undefined before it is known. */
  readonly places: ReadonlySignal<Float32Array | undefined>;
  /** A share of each, 0 to 1, to colour them by instead of their classes; undefined for classes. */
  readonly shares?: ReadonlySignal<Float32Array | undefined>;
}

/** A map that is open, and empty at first. */
export interface OpenedMap {
  /** Shows its points, now and as they move. */
  show(): void;
  close(): void;
}

/** Points take so long from one place to the next: as long as the next one takes to come. */
const TWEEN_SECONDS = 0.1;
/** From the least share to the largest: told apart by every sight, on a light ground and a dark one. */
export const SHARE_COLORS: readonly DotColor[] = ['#d95f02', '#e3a857', '#8d96a3', '#5f9bd8', '#1f6fd0'].map(
  (color) => ({
    ...{ fill: color, rim: color },
  }),
);

/**
 * Opens a map in an element as one of several: what is under the hand, selected or shown alone in one of them is so in all.
 *
 * @param webgl what draws its dots, as `prepareWebglPoints` made it; undefined where there is no WebGL.
 */
export function openLinkedMap(
  host: HTMLElement,
  { count, labels, names, say, places, shares }: LinkedPoints,
  { link, webgl }: { readonly link: Link; readonly webgl: PointRenderer | undefined },
): OpenedMap {
  const colors = followColors(host);
  const scatter = createScatter(host, { colors: colors.now(), webgl: webgl ?? false });
  /** The places that points were first set by. Before there are any nothing is on the map: dots that all lie on one place say something wrong. */
  let placed: Float32Array | undefined;

  function place(by: Float32Array | undefined): void {
    const now = places.peek();
    if (!now) return;
    const category = new Uint8Array(count);
    for (let row = 0; row < count; row++) category[row] = by ? shareAt(by[row]!) : categoryOf(labels?.[row]);
    scatter.setPoints({ ...columnsOf(now), category, state: new Uint8Array(count).fill(POINT.plain) });
    placed = now;
    scatter.setNames(by ? [] : names);
    scatter.select(link.mask.peek());
    scatter.mark(link.hovered.peek());
  }
  const withShares = (own: ScatterColors) => (shares?.peek() ? { ...own, dots: SHARE_COLORS } : own);
  const tinted: Pick<Scatter, 'setColors'> = { setColors: (own) => scatter.setColors(withShares(own)) };

  const showPoints = () => [
    effect(() => {
      const by = shares?.value;
      // Classes may be more than shares have colours, so that neither colours nor points can go first in both ways.
      if (!by) tinted.setColors(colors.now());
      place(by);
      if (by) tinted.setColors(colors.now());
    }),
    effect(() => {
      const now = places.value;
      if (!now || now === placed) return;
      if (!placed) {
        place(shares?.peek());
        return;
      }
      const { x, y } = columnsOf(now);
      scatter.moveTo(x, y, { seconds: TWEEN_SECONDS });
    }),
  ];
  const stops = [
    colors.follow(tinted),
    effect(() => scatter.isolate(link.isolated.value)),
    effect(() => {
      const mask = link.mask.value;
      if (placed) scatter.select(mask);
    }),
    effect(() => scatter.setTool(link.tool.value)),
    effect(() => {
      const row = link.hovered.value;
      if (placed) scatter.mark(row);
    }),
    scatter.on('hover', ({ row }) => {
      link.hovered.value = row;
    }),
    scatter.on('lasso', ({ mask, isDone }) => {
      if (!isDone || !placed) return;
      link.mask.value = mask;
      link.tool.value = 'probe';
    }),
    scatter.on('isolate', ({ category }) => {
      link.isolated.value = category;
    }),
    scatter.on('say', (news) => {
      link.said.value = sayMapNews(news, { classNames: names, say });
    }),
  ];
  return {
    show() {
      stops.push(...showPoints());
    },
    close() {
      for (const stop of stops) stop();
      scatter.destroy();
    },
  };
}

const shareAt = (share: number) => Math.min(SHARE_COLORS.length - 1, Math.floor(share * SHARE_COLORS.length));

/** By plain loops: this is done ten times a second, for hundreds of thousands of points. */
function columnsOf(places: Float32Array): { x: Float32Array; y: Float32Array } {
  const count = places.length / 2;
  const [x, y] = [new Float32Array(count), new Float32Array(count)];
  for (let row = 0; row < count; row++) {
    x[row] = places[2 * row]!;
    y[row] = places[2 * row + 1]!;
  }
  return { x, y };
}
