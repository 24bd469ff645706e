const LEVELS = '▁▂▃▄▅▆▇█';

/**
 * Numbers as a line of blocks, the least the lowest and the greatest the highest; of more than `width` neighbours are averaged.
 * For terminals that show Unicode.
 *
 * @example
 * sparkline([3, 2, 1.5, 1.2, 1], 8); // '█▅▃▂▁'
 */
export function sparkline(values: readonly number[], width: number): string {
  const cells = Math.min(values.length, width);
  const means = Array.from({ length: cells }, (_, i) => {
    const some = values.slice(
      Math.floor((i * values.length) / cells),
      Math.floor(((i + 1) * values.length) / cells),
    );
    return some.reduce((sum, value) => sum + value, 0) / some.length;
  });
  const least = Math.min(...means);
  const range = Math.max(...means) - least;
  const levelOf = (value: number) =>
    range > 0 ? Math.round(((value - least) / range) * (LEVELS.length - 1)) : 0;
  return means.map((value) => LEVELS[levelOf(value)]).join('');
}
