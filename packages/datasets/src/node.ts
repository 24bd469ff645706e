export { nodeImageDecoder } from './decode/node-image-decoder.ts';
export { dataDirectory } from './download/data-directory.ts';
export { type CacheEnvironment, defaultCacheDirectory } from './download/default-cache-directory.ts';
export { diskCache } from './download/disk-cache.ts';
export { filesOf } from './import/files-of.ts';
