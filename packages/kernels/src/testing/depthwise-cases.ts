import type { ConvolutionGeometry } from '../nn/geometry.ts';
import { GEOMETRIES } from './geometries.ts';
import { positionsOf } from './naive-convolution.ts';
import { randomNumbers } from './random-numbers.ts';

/** Numbers of channels and multipliers: none, some and all of a vector, and of a line of the cache. */
export const DEPTHWISE_WIDTHS: readonly (readonly [channels: number, multiplier: number])[] = [
  ...[1, 3, 4, 5, 8].flatMap((channels) => [1, 2, 3].map((multiplier) => [channels, multiplier] as const)),
  [16, 1],
  [23, 1],
  [39, 1],
];

/** {@link GEOMETRIES} by name, each at every width. */
export const DEPTHWISE_GEOMETRIES: readonly (readonly [string, readonly DepthwiseCase[]])[] = GEOMETRIES.map(
  ([name, g]) => [
    name,
    DEPTHWISE_WIDTHS.map(([channels, multiplier]) => ({ g: { ...g, channels }, multiplier })),
  ],
);

export interface DepthwiseCase {
  g: ConvolutionGeometry;
  multiplier: number;
}

/** Random operands of a depthwise convolution and of its gradients. */
export function depthwiseOperands({ g, multiplier }: DepthwiseCase) {
  const outChannels = g.channels * multiplier;
  return {
    x: randomNumbers(g.batch * g.inHeight * g.inWidth * g.channels, 1),
    filter: randomNumbers(g.windowHeight * g.windowWidth * outChannels, 2),
    bias: randomNumbers(outChannels, 3),
    dy: randomNumbers(positionsOf(g) * outChannels, 4),
  };
}
