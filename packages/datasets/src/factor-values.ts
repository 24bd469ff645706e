import { didYouMean, type Factors, LatentkitError } from '@latentkit/core';

/**
 * The values of one factor, one an example.
 *
 * @throws `E_UNKNOWN_NAME` for a name that is none of the factors'.
 * @example
 * factorValues(generateDigits({ count: 100 }).factors, 'slant'); // Float32Array(100)
 */
export function factorValues({ names, values }: Factors, name: string): Float32Array<ArrayBuffer> {
  const column = names.indexOf(name);
  if (column < 0) {
    throw new LatentkitError('E_UNKNOWN_NAME', `factorValues: there is no factor '${name}'`, {
      fix: didYouMean(name, names),
    });
  }
  const count = values.length / names.length;
  return Float32Array.from({ length: count }, (_, i) => values[i * names.length + column]!);
}
