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
    const isLeaf = typeof value !== 'object' || value === null || Array.isArray(value);
    if (isLeaf || path.length >= depth) settings.set(path.join('.'), value);
    else for (const [name, field] of Object.entries(value)) visit(field, [...path, name]);
  };
  for (const [name, value] of Object.entries(config)) visit(value, [name]);
  return settings;
}

/** Whether two values of settings are alike; the order of fields does not count. */
export function isSameSetting(one: unknown, other: unknown): boolean {
  return canonical(one) === canonical(other);
}

function canonical(value: unknown): string | undefined {
  return JSON.stringify(value, (_, part) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
