export { nodeImageDecoder } from './decode/node-image-decoder.ts';
export { dataDirectory } from './download/data-directory.ts';
export { type CacheEnvironment, defaultCacheDirectory } from './download/default-cache-directory.ts';
export { diskCache } from './download/disk-cache.ts';
export { filesOf } from './import/files-of.ts';
export { isPackedSet, type OpenPackedSetOptions, openPackedSet } from './pack/open-packed-set.ts';
export { type PackOptions, packFiles } from './pack/pack-files.ts';
export type { PackManifest } from './pack/pack-manifest.ts';
