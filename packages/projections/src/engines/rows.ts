import type { Points } from '../points.ts';

/** Points as arrays of numbers, as npm packages want them. */
export function rowsOf({ data, count, dimensions }: Points): number[][] {
  return Array.from({ length: count }, (_, i) =>
    Array.from(data.subarray(i * dimensions, (i + 1) * dimensions)),
  );
}
