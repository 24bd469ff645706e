/** How a convolution that pads to `ceil(size / stride)` is said with explicit numbers, along one axis. */
export interface Padding {
  /** Zeros before the first pixel and after the last. */
  readonly before: number;
  readonly after: number;
  /** Rows that a transposed convolution has beyond the last kernel; below the stride. */
  readonly extra: number;
}

/**
 * Padding along one axis, of a convolution and of the transposed one that undoes its size.
 *
 * `total = max((small - 1) stride + kernel - large, 0)`, half of it before, rounded down: the padding of TensorFlow's "same".
 *
 * @param large pixels of the larger side: a convolution's input, a transposed one's output.
 * @see https://www.tensorflow.org/api_docs/python/tf/nn#notes_on_padding_2
 */
export function paddingOf(large: number, { kernel, stride }: { kernel: number; stride: number }): Padding {
  const small = Math.ceil(large / stride);
  const reach = (small - 1) * stride + kernel;
  const total = Math.max(reach - large, 0);
  const before = Math.floor(total / 2);
  return { before, after: total - before, extra: Math.max(large - reach, 0) };
}
