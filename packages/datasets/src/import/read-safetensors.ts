import { parseSafetensors, type SafetensorsArray } from '@latentkit/formats';
import { hasPixelsByName } from './gather-arrays.ts';
import type { FileArray } from './pixels-of-array.ts';
import type { LeafFile } from './unpack-files.ts';

/**
 * The arrays of a safetensors file; nothing where none is called as images are (`x_train`, `images`): it is a model then, unless
 * somebody says otherwise.
 *
 * @throws as `parseSafetensors`.
 */
export function readSafetensors(
  { name, bytes }: LeafFile,
  { maxElements, isMeant }: { maxElements: number; isMeant: boolean },
): FileArray[] | undefined {
  const { tensors } = parseSafetensors(bytes, { maxElements });
  if (!isMeant && !Object.keys(tensors).some(hasPixelsByName)) return undefined;
  return Object.entries(tensors).map(([tensor, { shape, data, dtype }]) => ({
    ...{ name: `${name.replace(/\.safetensors$/i, '')}/${tensor}`, shape, data },
    stored: storedAs(dtype),
  }));
}

function storedAs(dtype: SafetensorsArray['dtype']): FileArray['stored'] {
  return dtype === 'BOOL' ? 'bool' : /^[IU]/.test(dtype) ? 'int' : 'float';
}
