import type { Curve } from '../lab/messages.ts';
import { sayNumber } from './phrases.ts';

/**
 * What a loss is the sum of, as it is weighed: ` = 136.16 Reconstruction + 4 × 3.79 KL divergence`. Nothing where it is not known whole.
 *
 * @param row of an epoch, or the losses of a batch, by column.
 */
export function sayParts(row: Readonly<Record<string, unknown>>, curves: readonly Curve[]): string {
  const parts = curves.flatMap(({ title, column, weight }) => {
    if (!weight) return [];
    const [value, own] = [row[column], weight.column === undefined ? undefined : row[weight.column]];
    const times = typeof own === 'number' ? own : weight.always;
    if (times === 0) return [];
    if (typeof value !== 'number' || times === undefined) return [undefined];
    return [`${times === 1 ? '' : `${Number(times.toPrecision(3))} × `}${sayNumber(value)} ${title}`];
  });
  const isSum = parts.length > 1 && !parts.includes(undefined);
  return isSum ? ` = ${parts.join(' + ').replaceAll(' + -', ' - ')}` : '';
}
