export { dataDirectory } from './data-directory.ts';
export { type CacheEnvironment, defaultCacheDirectory } from './default-cache-directory.ts';
export { diskCache } from './disk-cache.ts';
