// JSON has no infinities and no NaN, which a term of weight 0 may be: here they are the texts "Infinity", "-Infinity", "NaN".

const TEXTS = new Map(
  [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN].map((n) => [String(n), n]),
);

/** As JSON, from which {@link readNumbers} has each number again. */
export function numbersToJson(value: unknown): string {
  return JSON.stringify(value, (_, part) =>
    typeof part === 'number' && !Number.isFinite(part) ? String(part) : part,
  );
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
