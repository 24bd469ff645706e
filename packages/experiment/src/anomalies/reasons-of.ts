import { inShort } from './draw-anomalies.ts';

/** So many columns are named of a row. */
const MOST_REASONS = 3;

/** Of each row the columns that differ most, as far as one reads a difference: `income 9900000 (expected 41000)`. */
export function reasonsOf(
  given: readonly (readonly (number | string)[])[],
  expected: readonly (readonly (number | string)[])[],
  { heat, names }: { heat: Float32Array; names: readonly string[] },
): string[] {
  return given.map((cells, row) => {
    const own = names.map((_, column) => heat[row * names.length + column]!);
    const order = own.map((_, column) => column).sort((a, b) => own[b]! - own[a]!);
    return order
      .map((column) => [names[column], inShort(cells[column]!), inShort(expected[row]![column]!)] as const)
      .filter(([, cell, other]) => cell !== other)
      .slice(0, MOST_REASONS)
      .map(([name, cell, other]) => `${name} ${cell} (expected ${other})`)
      .join('; ');
  });
}
