import type { GradConfig, NamedAttrMap, Tensor } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

/** What an operation's gradient reads of its forward pass, beside the gradient of its output. */
interface Saved {
  /** Inputs by tfjs's names, or all of a list. */
  inputs?: readonly string[] | 'all';
  /** The output, after the inputs. */
  output?: boolean;
}

type Formula<Attributes> = (
  dy: Tensor,
  saved: Tensor[],
  attributes: Attributes,
) => Record<string, () => Tensor>;

/** A row of the registry: the gradient of a kernel with one output, each input's computed when it is asked for. */
export function gradientOf<Attributes = NamedAttrMap>(
  kernelName: string,
  { inputs = [], output = false }: Saved,
  formula: Formula<Attributes>,
): GradConfig {
  return {
    kernelName,
    ...(inputs === 'all' ? { saveAllInputs: true } : { inputsToSave: [...inputs] }),
    outputsToSave: [output],
    gradFunc: (dy, saved, attributes) => formula(dy as Tensor, saved, attributes as Attributes),
  };
}

/** `sum` over any axes, each of which stays with size 1: run after run of neighbours, as our kernels add up. */
export function sumKept(x: Tensor, axes: readonly number[]): Tensor {
  return axes
    .toSorted((i, j) => j - i)
    .reduce<number[][]>((runs, axis) => {
      const last = runs.at(-1);
      if (last && last[0] === axis + 1) last.unshift(axis);
      else runs.push([axis]);
      return runs;
    }, [])
    .reduce<Tensor>((sum, run) => tf.sum(sum, run, true), x);
}

/** Undoes broadcasting: the sum of `dy` over what was repeated of a tensor of this shape. */
export function unbroadcast(dy: Tensor, shape: number[]): Tensor {
  const axes = tf.broadcast_util.getReductionAxes(shape, dy.shape);
  return tf.reshape(axes.length > 0 ? sumKept(dy, axes) : dy, shape);
}

/** 1 where `x > 0`, else 0: of the type of x, so that it may be recorded, as comparisons may not. */
export const isAbove = (x: Tensor): Tensor => tf.step(x);

/** 1 where `x <= 0`, else 0. */
export const isAtMost = (x: Tensor): Tensor => tf.sub(1, tf.step(x));

/** A gradient for each tensor of a list, which tfjs knows by number. */
export const ofEach = (count: number, gradient: (i: number) => Tensor): Record<string, () => Tensor> =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [i, () => gradient(i)]));
