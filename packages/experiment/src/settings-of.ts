import type { ExperimentConfig } from './config-schema.ts';

/** A config's settings by path, as `--set` names them: `'training.epochs'`. */
export type Settings = ReadonlyMap<string, unknown>;

/**
 * A config as a flat list of settings.
 *
 * @param depth fields that a path has at most; what lies deeper is one value.
 * @example
 * settingsOf(config).get('training.optimizer.name'); // 'adam'
 */
export function settingsOf(config: ExperimentConfig, depth = Number.POSITIVE_INFINITY): Settings {
  const settings = new Map<string, unknown>();
  const visit = (value: unknown, path: readonly string[]) => {
    if (!hasFields(value) || path.length >= depth) settings.set(path.join('.'), value);
    else for (const [name, field] of Object.entries(value)) visit(field, [...path, name]);
  };
  for (const [name, value] of Object.entries(config)) visit(value, [name]);
  return settings;
}

/** A setting that is not the same in all of some configs. */
export interface Difference {
  readonly path: string;
  /** In each config; undefined where it has none. */
  readonly values: readonly unknown[];
}

/**
 * Where configs differ, as deep as all that have a value have fields: a schedule beside a number differs as a whole.
 *
 * @example
 * differencesOf([{ rate: 0.1 }, { rate: { type: 'cosine', from: 1, to: 0 } }]); // [{ path: 'rate', values: [0.1, { ... }] }]
 */
export function differencesOf(configs: readonly object[]): Difference[] {
  const found: Difference[] = [];
  const visit = (values: readonly unknown[], path: readonly string[]) => {
    const there = values.filter((value) => value !== undefined);
    if (path.length > 0 && !there.every(hasFields)) {
      if (values.some((value) => !isSameSetting(value, values[0])))
        found.push({ path: path.join('.'), values });
      return;
    }
    const fields = values.map((value) => Object(value) as Record<string, unknown>);
    for (const name of new Set(fields.flatMap((one) => Object.keys(one)))) {
      visit(
        fields.map((one) => (Object.hasOwn(one, name) ? one[name] : undefined)),
        [...path, name],
      );
    }
  };
  visit(configs, []);
  return found;
}

/** Whether two values of settings are alike; the order of fields does not count. */
export function isSameSetting(one: unknown, other: unknown): boolean {
  return canonical(one) === canonical(other);
}

function hasFields(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function canonical(value: unknown): string | undefined {
  return JSON.stringify(value, (_, part) =>
    hasFields(part) ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1))) : part,
  );
}
