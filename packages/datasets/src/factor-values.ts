import { didYouMean, type Factors, LatentkitError, shorten } from '@latentkit/core';
import { checkValue, having } from '@latentkit/core/options';

const factorsRule = having('factors, { names, sizes, values }', { names: 'object', values: 'object' });

/**
 * The values of one factor, one an example.
 *
 * @throws `E_UNKNOWN_NAME` for a name that is none of the factors'.
 * @example
 * factorValues(generateDigits({ count: 100 }).factors, 'slant'); // Float32Array(100)
 */
export function factorValues(factors: Factors, name: string): Float32Array<ArrayBuffer> {
  checkValue('factorValues', 'factors', factors, factorsRule);
  const { names, values } = factors;
  const column = names.indexOf(name);
  if (column < 0) {
    throw new LatentkitError(
      'E_UNKNOWN_NAME',
      `factorValues: there is no factor '${shorten(String(name))}'`,
      {
        fix: didYouMean(shorten(String(name)), names),
      },
    );
  }
  const count = values.length / names.length;
  return Float32Array.from({ length: count }, (_, i) => values[i * names.length + column]!);
}
