import { checkOptions } from '@latentkit/core/options';
import { multiply, scale, stopGradient, subtract, sum } from '@latentkit/losses/ops';
import { type Term, weightRule } from '../term.ts';
import { quantisedOf } from './quantised-of.ts';

/**
 * How far an encoder's vectors are from their codes, `|z - e|^2`, a mean over the vectors of an image. Codes are constants to it:
 * it is the encoder that is to keep to them.
 *
 * @see van den Oord et al.: "Neural discrete representation learning" (2017), equation 3 and the text below it
 */
export function commitment(options: Partial<Pick<Term, 'weight'>> = {}): Term {
  checkOptions('commitment', options, { weight: weightRule });
  const { weight = 0.25 } = options;
  return {
    ...{ name: 'commitment', title: 'Commitment', unit: 'squared distance', per: 'example', weight },
    evaluate(pass) {
      const { encoded, chosen } = quantisedOf(pass, 'commitment');
      const vectors = chosen.shape[0] / pass.batch;
      const difference = subtract(encoded, stopGradient(pass.code));
      return scale(sum(multiply(difference, difference)), 1 / vectors);
    },
  };
}
