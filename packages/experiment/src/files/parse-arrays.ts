import { findNotFinite, LatentkitError, type NamedArrays } from '@latentkit/core';
import { parseSafetensors, toFloat32Arrays } from '@latentkit/formats';

/**
 * The float32 arrays of a run's safetensors file, and its metadata.
 *
 * @param where the file's name, for the message.
 * @throws `E_FORMAT` whatever is wrong with it; `E_NOT_FINITE` for NaN and infinities, which no run writes.
 */
export function parseArrays(
  bytes: Uint8Array,
  where: string,
): { arrays: NamedArrays; metadata: Readonly<Record<string, string>> } {
  const { arrays, metadata } = readArrays(bytes, where);
  for (const [name, { data }] of Object.entries(arrays)) {
    if (name.split('/').some((part) => part in Object.prototype)) {
      throw new LatentkitError('E_FORMAT', `${where}: '${name}' is not the name of a run's array`);
    }
    const at = findNotFinite(data);
    if (at < 0) continue;
    throw new LatentkitError('E_NOT_FINITE', `${where}: '${name}' holds ${data[at]} at index ${at}`, {
      fix: 'The file is damaged, or was not written by a run: train anew, or take another copy',
    });
  }
  return { arrays, metadata };
}

function readArrays(bytes: Uint8Array, where: string) {
  try {
    const { tensors, metadata } = parseSafetensors(bytes);
    return { arrays: toFloat32Arrays(tensors), metadata };
  } catch (cause) {
    throw new LatentkitError('E_FORMAT', `${where}: ${(cause as Error).message}`, { cause });
  }
}
