import { LatentkitError } from '@latentkit/core';
import * as tf from '@tensorflow/tfjs-core';

/**
 * A latent sample that lets gradients through: `z = mean + exp(logVar / 2) noise`.
 *
 * Its gradients are `dz` for the mean and `dz exp(logVar / 2) noise / 2` for logVar; the noise is a constant.
 *
 * @param mean `[batch, latent]`.
 * @param logVar `[batch, latent]`: the natural logarithm of the variance.
 * @param noise `[batch, latent]`, standard normal numbers.
 * @returns z, `[batch, latent]`.
 * @throws `E_SHAPE` unless all three shapes are equal.
 * @example
 * const noise = tf.tensor2d([[-1, 2]]);
 * reparameterize(tf.tensor2d([[5, 5]]), tf.tensor2d([[0, 0]]), noise).dataSync(); // [4, 7]
 * @see Kingma & Welling: "Auto-Encoding Variational Bayes" (2014), section 2.4
 */
export function reparameterize(mean: tf.Tensor2D, logVar: tf.Tensor2D, noise: tf.Tensor2D): tf.Tensor2D {
  const shapes = [mean, logVar, noise].map(({ shape }) => `[${shape.join(', ')}]`);
  if (shapes[1] !== shapes[0] || shapes[2] !== shapes[0]) {
    throw new LatentkitError(
      'E_SHAPE',
      `reparameterize: mean, logVar and noise must have the same shape, got ${shapes.join(', ')}`,
    );
  }
  return tf.customGrad((...inputsAndSave) => {
    const save = inputsAndSave.at(-1) as unknown as tf.GradSaveFunc;
    const deviation: tf.Tensor2D = tf.mul(tf.exp(tf.mul(logVar, 0.5)), noise);
    save([deviation]);
    return {
      value: tf.add(mean, deviation),
      gradFunc: (dz: tf.Tensor, [saved]: tf.Tensor[]) => [tf.clone(dz), tf.mul(tf.mul(dz, saved!), 0.5)],
    };
  })(mean, logVar) as tf.Tensor2D;
}
