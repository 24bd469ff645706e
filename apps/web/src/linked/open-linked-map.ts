import { effect } from '@preact/signals';
import { categoryOf, followColors } from '../map/map-colors.ts';
import type { Scatter } from '../scatter/api.ts';
import { MAP_ROLE } from '../scatter/events.ts';
import { POINT } from '../scatter/points.ts';
import { createScatter } from '../scatter/scatter.ts';
import { sayMapNews } from '../text/map-news.ts';
import type { Link } from './link.ts';

/** What lies on a map, row by row; it moves, and stays what it is. */
export interface LinkedPoints {
  readonly x: Float32Array;
  readonly y: Float32Array;
  readonly labels?: Uint8Array | undefined;
  readonly names: readonly string[];
}

/**
 * Shows points in an element as one of several maps: what is under the hand, selected or shown alone in one of them is so in all.
 *
 * @param label what the map is of, for those who do not see it.
 */
export function openLinkedMap(
  host: HTMLElement,
  { x, y, labels, names }: LinkedPoints,
  { link, label }: { readonly link: Link; readonly label: string },
): { readonly scatter: Scatter; close(): void } {
  for (const [name, value] of Object.entries(MAP_ROLE)) host.setAttribute(name, String(value));
  host.setAttribute('aria-label', label);
  const colors = followColors(host);
  const scatter = createScatter(host, { colors: colors.now(), names });
  scatter.setPoints({
    ...{ x, y },
    category: Uint8Array.from({ length: x.length }, (_, row) => categoryOf(labels?.[row])),
    state: new Uint8Array(x.length).fill(POINT.plain),
  });
  const stops = [
    colors.follow(scatter),
    effect(() => scatter.isolate(link.isolated.value)),
    effect(() => scatter.select(link.mask.value)),
    effect(() => scatter.setTool(link.tool.value)),
    effect(() => scatter.mark(link.hovered.value)),
    scatter.on('hover', ({ row }) => {
      link.hovered.value = row;
    }),
    scatter.on('lasso', ({ mask, isDone }) => {
      if (!isDone) return;
      link.mask.value = mask;
      link.tool.value = 'probe';
    }),
    scatter.on('isolate', ({ category }) => {
      link.isolated.value = category;
    }),
    scatter.on('say', (news) => {
      link.said.value = sayMapNews(news, names);
    }),
  ];
  return {
    scatter,
    close() {
      for (const stop of stops) stop();
      scatter.destroy();
    },
  };
}
