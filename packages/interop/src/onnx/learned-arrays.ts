import { LatentkitError, type NamedArrays, type NdArray } from '@latentkit/core';
import { encodeSafetensors, parseSafetensors, toFloat32Arrays } from '@latentkit/formats';

/** Where a file says what the model has learned beside its networks: of its prior, and of its likelihood. */
export const LEARNED_KEY = 'latentkit.learned';

const AT_ONCE = 2 ** 15; // arguments of a call

/** Some arrays as text, which is all that metadata hold: safetensors in base64. */
export function packArrays(arrays: NamedArrays, names: readonly string[]): string {
  const bytes = encodeSafetensors(Object.fromEntries(names.map((name) => [name, arrays[name]!])));
  let characters = '';
  for (let at = 0; at < bytes.length; at += AT_ONCE) {
    characters += String.fromCharCode(...bytes.subarray(at, at + AT_ONCE));
  }
  return btoa(characters);
}

/**
 * The same arrays; none of no text.
 *
 * @throws `E_FORMAT` for what is none.
 */
export function unpackArrays(file: string, text: string | undefined): Readonly<Record<string, NdArray>> {
  if (text === undefined) return {};
  try {
    const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
    return toFloat32Arrays(parseSafetensors(bytes).tensors);
  } catch (cause) {
    throw new LatentkitError(
      'E_FORMAT',
      `${file}: '${LEARNED_KEY}' is damaged: ${(cause as Error).message}`,
      {
        cause,
      },
    );
  }
}
