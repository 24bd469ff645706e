import { formatNumber } from './format-number.ts';

/**
 * Labels of an axis: as few digits as tell neighbouring ticks apart, with as many decimals for each as any of them needs.
 *
 * @example
 * formatTicks([104.25, 104.3]); // ['104.25', '104.30']
 */
export function formatTicks(ticks: readonly number[]): string[] {
  for (let digits = 4; ; digits++) {
    const labels = ticks.map((tick) => formatNumber(tick, digits));
    if (digits === 12 || new Set(labels).size === ticks.length) return alignDecimals(labels);
  }
}

/**
 * Values that are read beside each other, with the same decimals: as few as show four digits of the largest.
 *
 * @example
 * formatAlike([104, 98.53]); // ['104.0', '98.5']
 */
export function formatAlike(values: readonly number[]): string[] {
  const labels = values.map((value) => formatNumber(value));
  if (!labels.every(isPlain)) return labels;
  const largest = Math.max(...values.map(Math.abs));
  if (!(largest > 0)) return labels;
  const decimals = Math.max(0, 3 - Math.floor(Math.log10(largest)));
  let aligned = values.map((value) => value.toFixed(decimals).replace('-', '−'));
  while (aligned.every((text) => /\.\d*0$/.test(text))) {
    aligned = aligned.map((text) => text.slice(0, -1).replace(/\.$/, ''));
  }
  return aligned;
}

/** Neither a power of ten nor in thousands. */
const isPlain = (text: string) => /^−?\d+(\.\d+)?$/.test(text);

function alignDecimals(labels: string[]): string[] {
  if (!labels.every(isPlain)) return labels;
  const decimalsOf = (text: string) => text.split('.')[1]?.length ?? 0;
  const most = Math.max(...labels.map(decimalsOf));
  return labels.map((text) => {
    const missing = most - decimalsOf(text);
    if (missing === 0 || text === '0') return text;
    return text + (text.includes('.') ? '' : '.') + '0'.repeat(missing);
  });
}
