import { concatBytes } from './concat-bytes.ts';
import type { FileCache } from './file-cache.ts';

/**
 * A cache that lasts as long as the program: enough to resume a download, and for browsers.
 *
 * @example
 * const cache = memoryCache();
 * await cache.append('a', new Uint8Array([1, 2]));
 */
export function memoryCache(): FileCache {
  const files = new Map<string, Uint8Array[]>();
  return {
    async read(name) {
      const parts = files.get(name);
      return parts && concatBytes(parts);
    },
    async append(name, bytes) {
      const parts = files.get(name);
      if (parts) parts.push(bytes);
      else files.set(name, [bytes]);
    },
    async write(name, bytes) {
      files.set(name, [bytes]);
    },
    async remove(name) {
      files.delete(name);
    },
  };
}
