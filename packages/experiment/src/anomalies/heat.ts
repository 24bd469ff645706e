import { type ImageShape, LatentkitError } from '@latentkit/core';
import { checkValue, having, listRule } from '@latentkit/core/options';

/** How strongly each pixel differs from what was expected there. */
export interface HeatMaps {
  /** From 0 to 1, `[count, height, width]`: the root of the difference, of the largest. */
  readonly strengths: Float64Array;
  /** The largest difference: what 1 stands for. */
  readonly most: number;
}

const shapeRule = having('the shape of images', { height: 'number', width: 'number', channels: 'number' });

/**
 * Squared differences as heat maps: summed over the channels of a pixel, and their roots, so that small ones are seen beside the largest.
 *
 * @param heat `[count, height, width, channels]`, as a detector's `explain` gives it.
 * @param most what 1 stands for, where maps are to be told beside others; the largest difference by default.
 * @throws `E_SHAPE` for numbers that are no whole images.
 * @example
 * heatMaps([0, 0.25, 1, 0], { height: 2, width: 2, channels: 1 }).strengths; // [0, 0.5, 1, 0]
 */
export function heatMaps(heat: ArrayLike<number>, shape: ImageShape, most?: number): HeatMaps {
  checkValue('heatMaps', 'heat', heat, listRule);
  checkValue('heatMaps', 'shape', shape, shapeRule);
  const { height, width, channels } = shape;
  if (heat.length % (height * width * channels) !== 0) {
    throw new LatentkitError(
      'E_SHAPE',
      `heatMaps: expected whole images of ${height} x ${width} x ${channels}, got ${heat.length} numbers`,
    );
  }
  const sums = Float64Array.from({ length: heat.length / channels }, (_, pixel) => {
    let sum = 0;
    for (let c = 0; c < channels; c++) sum += heat[pixel * channels + c]!;
    return sum;
  });
  const largest = most ?? sums.reduce((a, b) => Math.max(a, b), 0);
  const whole = largest || 1;
  return { strengths: sums.map((sum) => Math.sqrt(Math.min(1, sum / whole))), most: largest };
}
