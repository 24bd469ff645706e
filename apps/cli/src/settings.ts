import { LatentkitError, shorten } from '@latentkit/core';
import { parseJson } from '@latentkit/formats';
import { InvalidArgumentError } from 'commander';

const DEEPEST = 16; // far more than any

/** A field of a config and its value, from `--set path=value`. */
export interface Setting {
  readonly path: readonly string[];
  readonly value: unknown;
}

/**
 * One more `--set path=value`: the value is JSON, or else text.
 *
 * @throws commander's `InvalidArgumentError` for what is none.
 */
export function parseSetting(text: string, before: readonly Setting[] = []): Setting[] {
  const [, name, given] = /^\s*([\w-]+(?:\.[\w-]+)*)\s*=(.*)$/s.exec(text) ?? [];
  if (name === undefined || given === undefined) {
    throw new InvalidArgumentError('It must be path=value, as training.epochs=3');
  }
  const path = name.split('.');
  if (path.length > DEEPEST) throw new InvalidArgumentError('No field of a config lies so deep');
  if (path[0] === 'recipe') throw new InvalidArgumentError('A recipe is chosen with --recipe');
  return [...before, { path, value: parseValue(given.trim()) }];
}

/**
 * A config with fields set, the others as they were. Which fields there are is for the config's schema to say.
 *
 * @throws `E_USAGE` for a path through something that has no fields.
 */
export function applySettings<Config extends object>(config: Config, settings: readonly Setting[]): Config {
  return settings.reduce((changed, { path, value }) => set(changed, path, value, []) as Config, config);
}

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
      `--set ${[...above, key, ...rest].join('.')}: ${above.join('.')} is ${shorten(String(JSON.stringify(target)))}, which has no fields`,
      { fix: `Set the whole of it: --set ${above.join('.')}=...` },
    );
  }
  const fields = Object.entries(target ?? {}).filter(([name]) => name !== key);
  const old = target && Object.hasOwn(target, key) ? (target as Record<string, unknown>)[key] : undefined;
  return Object.fromEntries([...fields, [key, set(old, rest, value, [...above, key])]]);
}

function parseValue(text: string): unknown {
  try {
    return parseJson(text, '--set');
  } catch {
    return text;
  }
}
