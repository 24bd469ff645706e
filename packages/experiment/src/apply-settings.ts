import { LatentkitError, shorten } from '@latentkit/core';

/** A field of a config and its value: `training.epochs=3` of a command line or a link. */
export interface Setting {
  readonly path: readonly string[];
  readonly value: unknown;
}

/**
 * A config with fields set, the others as they were. Which fields there are is for the config's schema to say.
 *
 * @param where what to call the source in an error.
 * @throws `E_USAGE` for a path through something that has no fields.
 * @example
 * parseConfig(applySettings(config, [{ path: ['training', 'beta'], value: 4 }]));
 */
export function applySettings<Config extends object>(
  config: Config,
  settings: readonly Setting[],
  where = '--set',
): Config {
  const set = setter(where);
  return settings.reduce((changed, { path, value }) => set(changed, path, value, []) as Config, config);
}

const setter = (where: string) =>
  function set(
    target: unknown,
    [key, ...rest]: readonly string[],
    value: unknown,
    above: readonly string[],
  ): unknown {
    if (key === undefined) return value;
    if (target !== undefined && (typeof target !== 'object' || target === null || Array.isArray(target))) {
      throw new LatentkitError(
        'E_USAGE',
        `${where} ${[...above, key, ...rest].join('.')}: ${above.join('.')} is ${shorten(String(JSON.stringify(target)))}, which has no fields`,
        { fix: `Set the whole of it: ${where} ${above.join('.')}=...` },
      );
    }
    const fields = Object.entries(target ?? {}).filter(([name]) => name !== key);
    const old = target && Object.hasOwn(target, key) ? (target as Record<string, unknown>)[key] : undefined;
    return Object.fromEntries([...fields, [key, set(old, rest, value, [...above, key])]]);
  };
