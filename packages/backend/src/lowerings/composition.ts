import type { KernelConfig, KernelFunc, Tensor } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

/** A tfjs kernel that is several of ours, one after the other: the same ones at once and recorded. */
export interface Composition {
  readonly kernelName: string;
  /** Undefined where ours do not fit (other types). */
  compose(inputs: Readonly<Record<string, Tensor>>, attributes: object): Tensor | undefined;
}

const composition = <Inputs extends object, Attributes extends object>(
  kernelName: string,
  compose: (inputs: Inputs, attributes: Attributes) => Tensor | undefined,
): Composition => ({ kernelName, compose }) as unknown as Composition;

/** `tf.mean`: the sum in its fixed order, then one division. */
const mean = composition<{ x: Tensor }, { axis: number | number[]; keepDims?: boolean }>(
  tf.Mean,
  ({ x }, { axis, keepDims }) => {
    if (x.dtype !== 'float32') return undefined;
    const count = tf.util.parseAxisParam(axis, x.shape).reduce((product, i) => product * x.shape[i]!, 1);
    return tf.div(tf.sum(x, axis, keepDims), count);
  },
);

/** `tf.softmax` by the maximum: nothing overflows. */
const softmax = composition<{ logits: Tensor }, tf.SoftmaxAttrs>(tf.Softmax, ({ logits }, { dim }) => {
  if (logits.dtype !== 'float32') return undefined;
  const powers = tf.exp(tf.sub(logits, tf.max(logits, dim, true)));
  return tf.div(powers, tf.sum(powers, dim, true));
});

export const compositions: readonly Composition[] = [mean, softmax];

/** The kernel of a composition for a backend; `otherwise` does what ours do not. */
export function composedKernelOf(
  backendName: string,
  { kernelName, compose }: Composition,
  otherwise: KernelFunc,
): KernelConfig {
  return {
    kernelName,
    backendName,
    kernelFunc: (params) => {
      const composed = tf.tidy(() => compose(params.inputs as tf.NamedTensorMap, params.attrs ?? {}) ?? []);
      return composed instanceof tf.Tensor ? composed : otherwise(params);
    },
  };
}
