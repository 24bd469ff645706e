import { LatentkitError } from '@latentkit/core';
import { checkValue, having } from '@latentkit/core/options';
import { withGradient } from '@latentkit/losses/ops';
import * as tf from '@tensorflow/tfjs-core';

const tensorRule = having('a tensor', { shape: 'object', rank: 'number' });

/**
 * A latent sample that lets gradients through: `z = mean + exp(logVar / 2) noise`.
 *
 * Its gradients are `dz` for the mean and `dz exp(logVar / 2) noise / 2` for logVar; the noise is a constant.
 *
 * @param mean `[batch, latent]`.
 * @param logVar `[batch, latent]`: the natural logarithm of the variance.
 * @param noise standard normal numbers, `[batch, latent]`, or `[batch, samples, latent]` for several samples an example.
 * @returns z, of the noise's shape.
 * @throws `E_SHAPE` unless the shapes are so.
 * @example
 * const noise = tf.tensor2d([[-1, 2]]);
 * reparameterize(tf.tensor2d([[5, 5]]), tf.tensor2d([[0, 0]]), noise).dataSync(); // [4, 7]
 * @see Kingma & Welling: "Auto-Encoding Variational Bayes" (2014), section 2.4
 */
export function reparameterize<Noise extends tf.Tensor2D | tf.Tensor3D>(
  mean: tf.Tensor2D,
  logVar: tf.Tensor2D,
  noise: Noise,
): Noise {
  for (const [name, tensor] of Object.entries({ mean, logVar, noise })) {
    checkValue('reparameterize', name, tensor, tensorRule);
  }
  const shapes = [mean, logVar, noise].map(({ shape }) => `[${shape.join(', ')}]`);
  const [batch, latent] = mean.shape;
  const several = noise.rank === 3 && noise.shape[0] === batch && noise.shape[2] === latent;
  if (shapes[1] !== shapes[0] || (shapes[2] !== shapes[0] && !several)) {
    throw new LatentkitError(
      'E_SHAPE',
      `reparameterize: mean, logVar and noise must have the same shape, got ${shapes.join(', ')}`,
      { fix: 'Noise may be [batch, samples, latent] as well.' },
    );
  }
  // Several samples share the distribution of their example: its numbers repeat along the middle axis.
  const asRow = (x: tf.Tensor) => (several ? tf.reshape(x, [batch, 1, latent]) : x);
  const overSamples = (x: tf.Tensor) => (several ? tf.sum(x, 1) : x);
  return withGradient([mean, logVar], (save) => {
    const deviation = tf.mul(asRow(tf.exp(tf.mul(logVar, 0.5))), noise);
    save([deviation]);
    return {
      value: tf.add<Noise>(asRow(mean), deviation),
      gradient: (dz, [saved]) => [
        several ? overSamples(dz) : tf.clone(dz),
        tf.mul(overSamples(tf.mul(dz, saved!)), 0.5),
      ],
    };
  });
}
