import { LatentkitError, sizeOfShape } from '@latentkit/core';
import { add, reshape, withGradient } from '@latentkit/losses/ops';
import * as tf from '@tensorflow/tfjs-core';
import type { LayerPlan } from '../layer-plan.ts';
import { type Activation, activate, activated, activationGradient } from './activation.ts';
import { biasGradient, overPositions } from './bias-gradient.ts';
import type { LayerContext } from './layer-kind.ts';
import { parameterOf } from './parameter-of.ts';

/** A layer's product and its two gradients; `dz` is the gradient at the product. */
export interface LayerProduct {
  /** `activation(product(x, kernel) + bias)`. */
  forward(x: tf.Tensor, kernel: tf.Tensor, bias: tf.Tensor, activation: Activation): tf.Tensor;
  inputGradient(dz: tf.Tensor, kernel: tf.Tensor, xShape: number[]): tf.Tensor;
  kernelGradient(x: tf.Tensor, dz: tf.Tensor, kernelShape: number[]): tf.Tensor;
}

/**
 * One node on tfjs's tape for product, condition, bias and activation, which needs no gradient registered anywhere.
 *
 * `y = activation(product(x, kernel) + labels condition + bias)`, where the plan has a `condition`: its row of the class is
 * added at every position. A plan without a `bias` adds none. Where `inputGradient` is false, x is a constant to the tape.
 *
 * @throws `E_USAGE` where a parameter is missing, or the labels that a condition needs.
 */
export function runProduct(
  product: LayerProduct,
  x: tf.Tensor,
  plan: LayerPlan,
  { parameters, labels, inputGradient: wanted = true }: LayerContext,
): tf.Tensor {
  if (plan.parameters.condition && typeof labels === 'string') {
    return runEveryClass(product, x, plan, { parameters, labels, inputGradient: wanted });
  }
  const { activation } = plan;
  const kernel = parameterOf(parameters, `${plan.name}.kernel`);
  const bias = plan.parameters.bias && parameterOf(parameters, `${plan.name}.bias`);
  const condition = plan.parameters.condition && parameterOf(parameters, `${plan.name}.condition`);
  const classes = condition && labelsFor(plan, labels as tf.Tensor2D | undefined, x.shape[0]!);
  const moved = [kernel, ...(bias ? [bias] : []), ...(condition ? [condition] : [])];
  const units = plan.parameters.bias?.shape[0] ?? plan.outputShape.at(-1)!;
  return withGradient(wanted ? [x, ...moved] : moved, (save) => {
    const shift = bias ?? tf.zeros([units]);
    const value =
      condition && classes
        ? activate(
            tf.add(
              product.forward(x, kernel, shift, 'linear'),
              atEveryPosition(tf.matMul(classes, condition as tf.Tensor2D), plan),
            ),
            activation,
          )
        : product.forward(x, kernel, shift, activation);
    save([x, kernel, value, ...(classes ? [classes] : [])]);
    const gradient = (dy: tf.Tensor, [input, weights, y, labels]: tf.Tensor[]) => {
      const dz = activationGradient(dy, y!, activation);
      const ofParameters = [product.kernelGradient(input!, dz, kernel.shape)];
      if (bias) ofParameters.push(biasGradient(dz, bias.shape));
      if (labels) {
        ofParameters.push(tf.matMul(labels as tf.Tensor2D, overPositions(dz, units), true, false));
      }
      return wanted ? [product.inputGradient(dz, weights!, x.shape), ...ofParameters] : ofParameters;
    };
    return { value, gradient };
  });
}

/** The layer of every class: what does not depend on the class is computed once. */
function runEveryClass(
  product: LayerProduct,
  x: tf.Tensor,
  { activation, ...plan }: LayerPlan,
  { labels, ...context }: LayerContext,
): tf.Tensor {
  const { condition, ...own } = plan.parameters;
  const [classes, units] = condition!.shape as [number, number];
  const shared = runProduct(product, x, { ...plan, activation: 'linear', parameters: own }, context);
  const examples = labels === 'spread' ? x.shape[0]! : x.shape[0]! / classes;
  const perClass = parameterOf(context.parameters, `${plan.name}.condition`); // [classes, units]
  const positions = sizeOfShape(plan.outputShape) / units;
  const ofClasses = reshape(repeated(perClass, positions), [1, classes, positions * units]);
  const sum = add(
    reshape(shared, [examples, labels === 'spread' ? 1 : classes, positions * units]),
    ofClasses,
  );
  return reshape(activated(sum, activation), [examples * classes, ...plan.outputShape]);
}

/** `[classes, units]` at every position, `[classes, positions, units]`. */
function repeated(perClass: tf.Tensor, positions: number): tf.Tensor {
  if (positions === 1) return perClass;
  const [classes, units] = perClass.shape as [number, number];
  return withGradient([perClass], () => ({
    value: tf.add(tf.reshape(perClass, [classes, 1, units]), tf.zeros([1, positions, 1])),
    gradient: (upstream) => [tf.sum(upstream, 1)],
  }));
}

/** `[batch, units]` as a tensor that repeats over the positions of the layer's output. */
function atEveryPosition(perUnit: tf.Tensor2D, { outputShape }: LayerPlan): tf.Tensor {
  const [batch, units] = perUnit.shape;
  // A dense layer's units are all of its output, whatever its shape.
  const shape =
    units === outputShape.at(-1) ? [...outputShape.slice(0, -1).map(() => 1), units] : outputShape;
  return tf.reshape(perUnit, [batch, ...shape]);
}

function labelsFor(
  { name, parameters }: LayerPlan,
  labels: tf.Tensor2D | undefined,
  rows: number,
): tf.Tensor2D {
  const classes = parameters.condition!.shape[0]!;
  if (labels && labels.rank === 2 && labels.shape[0] === rows && labels.shape[1] === classes) return labels;
  const got = labels ? `[${labels.shape.join(', ')}]` : 'none';
  throw new LatentkitError(
    labels ? 'E_SHAPE' : 'E_USAGE',
    `${name}: expected labels [${rows}, ${classes}], one-hot, got ${got}`,
    { fix: 'The model has a condition: give { labels } to encode, decode and as an input of a pass.' },
  );
}
