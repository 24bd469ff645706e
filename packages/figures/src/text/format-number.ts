const LARGE = [
  [1e6, 'M'],
  [1e3, 'k'],
] as const;

/** Without a trailing `.000`, with a true minus sign. */
function tidy(text: string): string {
  return (text.includes('.') ? text.replace(/\.?0+$/, '') : text).replace('-', '−');
}

/** `1.5e-7` as `1.5×10⁻⁷`. */
function scientific(value: number, digits: number): string {
  const [mantissa = '', exponent = ''] = value.toExponential(digits - 1).split('e');
  const power = [...exponent.replace('+', '')]
    .map((c) => (c === '-' ? '⁻' : '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(c)]!))
    .join('');
  const factor = tidy(mantissa);
  return factor === '1' ? `10${power}` : `${factor}×10${power}`;
}

/**
 * A number as an axis or a legend says it: short, with at most `digits` significant digits.
 *
 * @example
 * formatNumber(104.2714); // '104.3'
 * formatNumber(25000); // '25k'
 * formatNumber(0.00002); // '2×10⁻⁵'
 */
export function formatNumber(value: number, digits = 4): string {
  const size = Math.abs(value);
  if (size === 0) return '0';
  if (size < 1e-3 || size >= 1e9) return scientific(value, digits);
  if (size >= 1e4) {
    const [unit, suffix] = LARGE.find(([limit]) => size >= limit)!;
    return tidy((value / unit).toPrecision(digits)) + suffix;
  }
  return tidy(value.toFixed(Math.max(0, digits - 1 - Math.floor(Math.log10(size)))));
}
