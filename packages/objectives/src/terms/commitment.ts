import { checkOptions } from '@latentkit/core/options';
import { multiply, stopGradient, subtract, sum } from '@latentkit/losses/ops';
import { type Term, weightRule } from '../term.ts';
import { quantisedOf } from './quantised-of.ts';

/**
 * How far an encoder's vectors are from their codes, `|z - e|^2`, summed over the vectors of an image as its reconstruction is over
 * the pixels. Codes are constants to it: it is the encoder that is to keep to them.
 *
 * @see van den Oord et al.: "Neural discrete representation learning" (2017), equation 3. Where there are several vectors its text
 * speaks of their mean, beside a log likelihood of which it does not say whether that is a mean, too.
 */
export function commitment(options: Partial<Pick<Term, 'weight'>> = {}): Term {
  checkOptions('commitment', options, { weight: weightRule });
  const { weight = 0.25 } = options;
  return {
    ...{ name: 'commitment', title: 'Commitment', unit: 'squared distance', per: 'example', weight },
    evaluate(pass) {
      const { encoded } = quantisedOf(pass, 'commitment');
      const difference = subtract(encoded, stopGradient(pass.code));
      return sum(multiply(difference, difference));
    },
  };
}
