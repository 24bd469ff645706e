import type { GradConfig, Tensor } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { gradientOf, ofEach, sumKept } from './gradient.ts';

const reshaped = (kernelName: string, input = 'x') =>
  gradientOf(kernelName, { inputs: [input] }, (dy, [x]) => ({ [input]: () => tf.reshape(dy, x!.shape) }));

/** `[outer, size, inner]` around an axis. */
function aroundAxis(shape: readonly number[], axis: number): [number, number, number] {
  const product = (sizes: readonly number[]) => sizes.reduce((all, size) => all * size, 1);
  return [product(shape.slice(0, axis)), shape[axis]!, product(shape.slice(axis + 1))];
}

export const shapeGradients: readonly GradConfig[] = [
  reshaped(tf.Reshape),
  reshaped(tf.ExpandDims, 'input'),
  gradientOf(tf.Identity, {}, (dy) => ({ x: () => tf.clone(dy) })),
  gradientOf(tf.Cast, {}, (dy) => ({ x: () => tf.clone(dy) })),
  gradientOf<tf.ConcatAttrs>(tf.Concat, { inputs: 'all' }, (dy, all, { axis }) => {
    const along = tf.util.parseAxisParam(axis, all[0]!.shape)[0]!;
    return ofEach(all.length, (i) => {
      const begin = dy.shape.map(() => 0);
      begin[along] = all.slice(0, i).reduce((sum, { shape }) => sum + shape[along]!, 0);
      return tf.slice(dy, begin, all[i]!.shape);
    });
  }),
  gradientOf<tf.SliceAttrs>(tf.Slice, { inputs: ['x'] }, (dy, [x], { begin, size }) => {
    const [from] = tf.slice_util.parseSliceParams(x!, begin, size) as [number[], number[]];
    const paddings = x!.shape.map((all, i): [number, number] => [from[i]!, all - from[i]! - dy.shape[i]!]);
    return { x: () => tf.pad(dy, paddings) };
  }),
  gradientOf<tf.GatherV2Attrs>(
    tf.GatherV2,
    { inputs: ['x', 'indices'] },
    (dy, [x, indices], { axis, batchDims }) => ({
      x: () => {
        if (batchDims) throw new Error(`GatherV2: no gradient for batchDims ${batchDims}`);
        const [outer, size, inner] = aroundAxis(x!.shape, tf.util.parseAxisParam(axis, x!.shape)[0]!);
        // The sum over the places that took a row, as a product: no kernel of tfjs adds up by index on this backend.
        const taken = tf.cast(tf.oneHot(tf.reshape(indices!, [-1]) as tf.Tensor1D, size), 'float32');
        const columns = tf.reshape(dy, [outer, indices!.size, inner]);
        const product = tf.matMul(tf.reshape(taken, [1, indices!.size, size]), columns, true, false);
        return tf.reshape(product, x!.shape);
      },
      indices: () => tf.zerosLike(indices!),
    }),
  ),
  gradientOf<tf.TransposeAttrs>(tf.Transpose, {}, (dy, _, { perm }) => ({
    x: () =>
      tf.transpose(
        dy,
        perm.map((_, i) => perm.indexOf(i)),
      ),
  })),
  gradientOf<tf.PadV2Attrs>(tf.PadV2, { inputs: ['x'] }, (dy, [x], { paddings }) => ({
    x: () =>
      tf.slice(
        dy,
        paddings.map(([before]) => before),
        x!.shape,
      ),
  })),
  gradientOf<tf.TileAttrs>(tf.Tile, { inputs: ['x'] }, (dy, [x], { reps }) => ({
    x: () => {
      const split = reps.flatMap((times, i) => [times, x!.shape[i]!]);
      const repeated = reps.map((_, i) => 2 * i);
      return tf.reshape(sumKept(tf.reshape(dy, split), repeated), x!.shape);
    },
  })),
  gradientOf<tf.PackAttrs>(tf.Pack, { inputs: 'all' }, (dy, all, { axis }) => {
    const parts = (): Tensor[] => tf.unstack(dy, axis);
    return ofEach(all.length, (i) => parts()[i]!);
  }),
  {
    ...gradientOf(tf.Unpack, {}, () => ({})),
    gradFunc: (dy, _, { axis }) => ({ value: () => tf.stack(dy as Tensor[], axis as number) }),
  },
  {
    ...gradientOf(tf.SplitV, {}, () => ({})),
    gradFunc: (dy, _, { axis }) => ({ x: () => tf.concat(dy as Tensor[], axis as number) }),
  },
  gradientOf(tf.Select, { inputs: ['condition'] }, (dy, [condition]) => ({
    condition: () => tf.zerosLike(condition!),
    t: () => tf.mul(dy, tf.cast(condition!, dy.dtype)),
    e: () => tf.mul(dy, tf.cast(tf.logicalNot(condition!), dy.dtype)),
  })),
];
