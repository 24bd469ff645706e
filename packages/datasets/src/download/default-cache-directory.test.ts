import { describe, expect, it } from 'vitest';
import { defaultCacheDirectory } from './default-cache-directory.ts';

describe('defaultCacheDirectory', () => {
  const home = '/home/ada';

  it('prefers LATENTKIT_CACHE, then XDG_CACHE_HOME, then the home folder', () => {
    const env = { LATENTKIT_CACHE: '/own', XDG_CACHE_HOME: '/xdg' };
    expect(defaultCacheDirectory({ env, home })).toBe('/own');
    expect(defaultCacheDirectory({ env: { XDG_CACHE_HOME: '/xdg' }, home })).toBe('/xdg/latentkit');
    expect(defaultCacheDirectory({ env: {}, home })).toBe('/home/ada/.cache/latentkit');
  });

  it('ignores empty variables and a relative XDG_CACHE_HOME', () => {
    const env = { LATENTKIT_CACHE: '', XDG_CACHE_HOME: 'cache' };
    expect(defaultCacheDirectory({ env, home })).toBe('/home/ada/.cache/latentkit');
  });
});
