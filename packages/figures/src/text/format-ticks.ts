import { formatNumber } from './format-number.ts';

/**
 * Labels of an axis: as few digits as tell neighbouring ticks apart, as many for each as it needs.
 *
 * @example
 * formatTicks([104.25, 104.3]); // ['104.25', '104.3']
 */
export function formatTicks(ticks: readonly number[]): string[] {
  for (let digits = 4; ; digits++) {
    const labels = ticks.map((tick) => formatNumber(tick, digits));
    if (digits === 12 || new Set(labels).size === ticks.length) return labels;
  }
}
