import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { checkOptions, objectRule, pathRule } from '@latentkit/core/options';

export interface CacheEnvironment {
  env?: Readonly<Record<string, string | undefined>>;
  home?: string;
}

/**
 * The folder for downloads: `LATENTKIT_CACHE`, else `latentkit` in `XDG_CACHE_HOME`, else `~/.cache/latentkit`.
 *
 * @example
 * defaultCacheDirectory({ env: {}, home: '/home/ada' }); // '/home/ada/.cache/latentkit'
 * @see https://specifications.freedesktop.org/basedir-spec/: a relative XDG_CACHE_HOME is to be ignored
 */
export function defaultCacheDirectory(environment: CacheEnvironment = {}): string {
  checkOptions('defaultCacheDirectory', environment, { env: objectRule, home: pathRule });
  const { env = process.env, home = homedir() } = environment;
  const { LATENTKIT_CACHE: own, XDG_CACHE_HOME: xdg } = env;
  if (own) return own;
  return join(xdg && isAbsolute(xdg) ? xdg : join(home, '.cache'), 'latentkit');
}
