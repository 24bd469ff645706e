import * as tf from '@tensorflow/tfjs-core';
import { pointerTo } from '../tfjs-wasm.ts';
import { geometryOf } from './conv-geometry.ts';
import { defineKernel, makeOutput } from './kernel-context.ts';

type Size4D = [number, number, number, number];

interface PoolAttributes {
  filterSize: [number, number] | number;
  strides: [number, number] | number;
  pad: 'valid' | 'same' | number | tf.backend_util.ExplicitPadding;
  dimRoundingMode?: 'floor' | 'round' | 'ceil';
}

/** Gradient of `tf.maxPool`. Replaces tfjs's, which loses windows whose elements are all negative. */
export const maxPoolGradKernel = defineKernel<{ dy: tf.TensorInfo; input: tf.TensorInfo }, PoolAttributes>(
  tf.MaxPoolGrad,
  (context, { dy, input }, { filterSize, strides, pad, dimRoundingMode }) => {
    const shape = input.shape as Size4D;
    const info = tf.backend_util.computePool2DInfo(shape, filterSize, strides, 1, pad, dimRoundingMode);
    const geometry = geometryOf('max-pool gradient', info);
    const { output, pointer } = makeOutput(context, info.inShape);
    context.nn.maxPoolBackprop(
      geometry,
      pointerTo(context.backend, input),
      pointerTo(context.backend, dy),
      pointer,
    );
    return output;
  },
);
