import * as tf from '@tensorflow/tfjs-core';

/**
 * A latent sample that lets gradients through: `z = mean + exp(logVar / 2) noise`.
 *
 * @param noise standard normal numbers, a constant to the gradient. All tensors `[batch, latent]`.
 * @example
 * const z = reparameterize(mean, logVar, tf.tensor2d(normalRows(batch, latentDim, address), [batch, latentDim]));
 * @see Kingma & Welling: "Auto-Encoding Variational Bayes" (2014), section 2.4
 */
export function reparameterize(mean: tf.Tensor2D, logVar: tf.Tensor2D, noise: tf.Tensor2D): tf.Tensor2D {
  return tf.customGrad((...args) => {
    const [m, v, save] = args as unknown as [tf.Tensor2D, tf.Tensor2D, tf.GradSaveFunc];
    const deviation: tf.Tensor2D = tf.mul(tf.exp(tf.mul(v, 0.5)), noise);
    save([deviation]);
    return {
      value: tf.add(m, deviation),
      gradFunc: (dy: tf.Tensor, [saved]: tf.Tensor[]) => [tf.clone(dy), tf.mul(tf.mul(dy, saved!), 0.5)],
    };
  })(mean, logVar) as tf.Tensor2D;
}
