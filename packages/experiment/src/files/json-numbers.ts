/** A term of weight 0 may be any of them. */
const TEXTS = new Map(
  [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN].map((n) => [String(n), n]),
);

/**
 * What holds numbers as JSON, in which infinities and NaN, which `JSON.stringify` makes null, are texts.
 *
 * @example
 * numbersToJson({ epoch: 1, kl: Number.POSITIVE_INFINITY }); // '{"epoch":1,"kl":"Infinity"}'
 * @see https://protobuf.dev/programming-guides/json (how it writes float and double)
 */
export function numbersToJson(value: unknown, indent?: number): string {
  const spell = (_: string, part: unknown) =>
    typeof part === 'number' && !Number.isFinite(part) ? String(part) : part;
  return JSON.stringify(value, spell, indent);
}

/** The fields of what {@link numbersToJson} wrote; `null`, which older Latentkits wrote for all three, is NaN. */
export function readNumbers(fields: unknown): unknown {
  if (typeof fields !== 'object' || fields === null || Array.isArray(fields)) return fields;
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name,
      value === null ? Number.NaN : (TEXTS.get(value) ?? value),
    ]),
  );
}
