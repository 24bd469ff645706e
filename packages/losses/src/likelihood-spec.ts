/** How a decoder's pre-activation becomes a mean image: sigmoid into (0, 1), tanh into (-1, 1), or as it is. */
export type OutputFunction = 'sigmoid' | 'tanh' | 'linear';

/**
 * What the decoder's output means: the distribution (or distance) that scores a reconstruction, and the function
 * that turns pre-activations into its mean. Data are floats in [0, 1], scaled to [-1, 1] where the output is `tanh`.
 */
export type LikelihoodSpec =
  | {
      /** Each pixel is a coin: cross-entropy from logits. */
      readonly type: 'bernoulli';
      readonly output: 'sigmoid';
    }
  | {
      /** `(output - x)^2`, factor 1, no constant; summed over the pixels, or averaged as Keras's `mse` does. */
      readonly type: 'squaredError';
      readonly output: OutputFunction;
      readonly pixels?: 'sum' | 'mean';
    }
  | {
      /** The true negative log density of a normal distribution; `sigma` a number, or one learned for all pixels. */
      readonly type: 'gaussian';
      readonly output: OutputFunction;
      readonly sigma: number | 'learned';
    }
  | {
      /** `|output - x|`. */
      readonly type: 'l1';
      readonly output: OutputFunction;
    };
