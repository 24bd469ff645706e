import * as tf from '@tensorflow/tfjs-core';
import { digammaFromOne, logGammaFromOne } from './stirling.ts';
import { withGradient } from './with-gradient.ts';

/**
 * `log gamma(x)`, number by number, for numbers above 0; its gradient is the digamma function.
 *
 * `log gamma(x + 1) - log x` by a fitted remainder of Stirling's formula: off by 2e-6, or two units in the last place, at most.
 *
 * @example
 * logGamma(tf.tensor1d([0.5, 5])).dataSync(); // [0.5724, 3.1781]: log sqrt(pi), log 24
 * @see NIST Digital Library of Mathematical Functions, 5.5.1 and 5.11.1
 */
export function logGamma<Result extends tf.Tensor>(x: Result): Result {
  return withGradient([x], (save) => {
    save([x]);
    return {
      value: tf.sub<Result>(logGammaFromOne(tf.add(x, 1)), tf.log(x)),
      gradient: (upstream, [x]) => [
        tf.mul(upstream, tf.sub(digammaFromOne(tf.add(x!, 1)), tf.reciprocal(x!))),
      ],
    };
  });
}
