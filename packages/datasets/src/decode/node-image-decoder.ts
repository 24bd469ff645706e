import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { DecodeImage } from '../import/image-store.ts';
import { createImageDecoder } from './create-image-decoder.ts';

/**
 * The decoder of JPEG and WebP in Node: `createImageDecoder`, with its WebAssembly read from where it is installed.
 *
 * @example
 * const { dataset, report } = await importFiles(filesOf('photos'), { decode: nodeImageDecoder(), size: 64 });
 */
export function nodeImageDecoder(): DecodeImage {
  const compiled = (path: string) => async () =>
    WebAssembly.compile(await readFile(fileURLToPath(import.meta.resolve(path))));
  return createImageDecoder({
    jpeg: compiled('@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm'),
    webp: compiled('@jsquash/webp/codec/dec/webp_dec.wasm'),
  });
}
