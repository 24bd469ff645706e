import { LatentkitError, type NamedArrays } from '@latentkit/core';
import { parseSafetensors, toFloat32Arrays } from '@latentkit/formats';

/**
 * The float32 arrays of a run's safetensors file, and its metadata.
 *
 * @param where the file's name, for the message.
 * @throws `E_FORMAT` whatever is wrong with it.
 */
export function parseArrays(
  bytes: Uint8Array,
  where: string,
): { arrays: NamedArrays; metadata: Readonly<Record<string, string>> } {
  try {
    const { tensors, metadata } = parseSafetensors(bytes);
    return { arrays: toFloat32Arrays(tensors), metadata };
  } catch (cause) {
    throw new LatentkitError('E_FORMAT', `${where}: ${(cause as Error).message}`, { cause });
  }
}
