import * as tf from '@tensorflow/tfjs-core';

/** Undoes broadcasting: sums of `dy` over what was repeated of `x`. */
function unbroadcast(dy: tf.Tensor, { shape }: tf.Tensor): tf.Tensor {
  const axes = tf.broadcast_util.getReductionAxes(shape, dy.shape);
  return tf.reshape(axes.length > 0 ? tf.sum(dy, axes) : dy, shape);
}

type Gradient = (dy: tf.Tensor, saved: tf.Tensor[], attributes: never) => Record<string, () => tf.Tensor>;

const spread = (dy: tf.Tensor, x: tf.Tensor, axes: number[]) => {
  const kept = x.shape.map((size, i) => (axes.includes(i) ? 1 : size));
  return tf.mul(tf.reshape(dy, kept), tf.ones(x.shape));
};

/** Formulas of tfjs's own gradients, which only its bundle for browsers registers, as needed in tests. */
const GRADIENTS: Readonly<Record<string, readonly [saved: string[], gradient: Gradient]>> = {
  [tf.Add]: [['a', 'b'], (dy, [a, b]) => ({ a: () => unbroadcast(dy, a!), b: () => unbroadcast(dy, b!) })],
  [tf.Sub]: [
    ['a', 'b'],
    (dy, [a, b]) => ({ a: () => unbroadcast(dy, a!), b: () => unbroadcast(tf.neg(dy), b!) }),
  ],
  [tf.Multiply]: [
    ['a', 'b'],
    (dy, [a, b]) => ({
      a: () => unbroadcast(tf.mul(dy, b!), a!),
      b: () => unbroadcast(tf.mul(dy, a!), b!),
    }),
  ],
  [tf.RealDiv]: [
    ['a', 'b'],
    (dy, [a, b]) => ({
      a: () => unbroadcast(tf.div(dy, b!), a!),
      b: () => unbroadcast(tf.neg(tf.div(tf.mul(dy, a!), tf.square(b!))), b!),
    }),
  ],
  [tf.Square]: [['x'], (dy, [x]) => ({ x: () => tf.mul(dy, tf.mul(x!, 2)) })],
  [tf.Exp]: [['x'], (dy, [x]) => ({ x: () => tf.mul(dy, tf.exp(x!)) })],
  [tf.Tanh]: [['x'], (dy, [x]) => ({ x: () => tf.mul(dy, tf.sub(1, tf.square(tf.tanh(x!)))) })],
  [tf.Relu]: [['x'], (dy, [x]) => ({ x: () => tf.mul(dy, tf.cast(tf.step(x!), 'float32')) })],
  [tf.Reshape]: [['x'], (dy, [x]) => ({ x: () => tf.reshape(dy, x!.shape) })],
  [tf.Sum]: [
    ['x'],
    (dy, [x], { axis }: { axis: number | number[] }) => ({
      x: () => spread(dy, x!, tf.util.parseAxisParam(axis, x!.shape)),
    }),
  ],
  [tf.BatchMatMul]: [
    ['a', 'b'],
    (dy, [a, b], { transposeB }: { transposeB: boolean }) => ({
      a: () => tf.matMul(dy, b!, false, !transposeB),
      b: () => (transposeB ? tf.matMul(dy, a!, true, false) : tf.matMul(a!, dy, true, false)),
    }),
  ],
  [tf.Conv2D]: [
    ['x', 'filter'],
    (dy, [x, filter], attributes: object) => ({
      x: () => run(tf.Conv2DBackpropInput, { dy, filter: filter! }, { ...attributes, inputShape: x!.shape }),
      filter: () =>
        run(tf.Conv2DBackpropFilter, { x: x!, dy }, { ...attributes, filterShape: filter!.shape }),
    }),
  ],
  [tf.Conv2DBackpropInput]: [
    ['dy', 'filter'],
    (ddx, [dy, filter], attributes: object) => ({
      dy: () => run(tf.Conv2D, { x: ddx, filter: filter! }, { ...attributes, dilations: 1 }),
      filter: () =>
        run(tf.Conv2DBackpropFilter, { x: ddx, dy: dy! }, { ...attributes, filterShape: filter!.shape }),
    }),
  ],
};

function run(kernelName: string, inputs: tf.NamedTensorMap, attributes: object): tf.Tensor {
  return tf.engine().runKernel(kernelName, inputs, attributes as tf.NamedAttrMap);
}

/** Lets tfjs differentiate test programs. */
export function registerGradients(): void {
  for (const [kernelName, [inputsToSave, gradient]] of Object.entries(GRADIENTS)) {
    const gradFunc = gradient as unknown as tf.GradFunc;
    tf.registerGradient({ kernelName, inputsToSave, gradFunc });
  }
}
