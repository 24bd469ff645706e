import type { ConvolutionGeometry } from '../nn/geometry.ts';

export interface Window {
  batch?: number;
  size: readonly [number, number];
  window: readonly [number, number];
  channels?: number;
  stride?: readonly [number, number];
  dilation?: readonly [number, number];
  /** Zeros above, below, left and right. */
  pad?: readonly [number, number, number, number];
}

/** A geometry with its output size worked out. */
export function geometryOf({
  batch = 1,
  size,
  window,
  channels = 1,
  stride = [1, 1],
  dilation = [1, 1],
  pad = [0, 0, 0, 0],
}: Window): ConvolutionGeometry {
  const out = (input: number, side: number, step: number, apart: number, zeros: number) =>
    Math.max(0, Math.floor((input + zeros - ((side - 1) * apart + 1)) / step) + 1);
  return {
    batch,
    inHeight: size[0],
    inWidth: size[1],
    channels,
    outHeight: out(size[0], window[0], stride[0], dilation[0], pad[0] + pad[1]),
    outWidth: out(size[1], window[1], stride[1], dilation[1], pad[2] + pad[3]),
    windowHeight: window[0],
    windowWidth: window[1],
    strideHeight: stride[0],
    strideWidth: stride[1],
    padTop: pad[0],
    padLeft: pad[2],
    dilationHeight: dilation[0],
    dilationWidth: dilation[1],
  };
}

/** Ragged geometries by name: every stride, dilation and padding that a network meets, and some that it does not. */
export const GEOMETRIES: readonly (readonly [string, ConvolutionGeometry])[] = [
  ['no image', geometryOf({ batch: 0, size: [5, 5], window: [3, 3] })],
  ['an image of one pixel', geometryOf({ size: [1, 1], window: [1, 1], channels: 3 })],
  ['a window as large as the image', geometryOf({ batch: 2, size: [3, 5], window: [3, 5], channels: 3 })],
  ['a window larger than the image', geometryOf({ size: [2, 2], window: [3, 3] })],
  ['1 x 1 windows', geometryOf({ batch: 3, size: [5, 4], window: [1, 1], channels: 5 })],
  ['odd sizes', geometryOf({ batch: 2, size: [7, 9], window: [3, 3], channels: 3, pad: [1, 1, 1, 1] })],
  [
    'stride 2',
    geometryOf({ batch: 2, size: [8, 7], window: [3, 3], channels: 5, stride: [2, 2], pad: [0, 1, 1, 1] }),
  ],
  [
    'stride 3 that leaves pixels out',
    geometryOf({ size: [11, 10], window: [2, 2], channels: 3, stride: [3, 3] }),
  ],
  ['unequal strides', geometryOf({ batch: 2, size: [9, 8], window: [3, 2], channels: 4, stride: [1, 3] })],
  [
    'dilation 2',
    geometryOf({ size: [9, 9], window: [3, 3], channels: 3, dilation: [2, 2], pad: [2, 2, 2, 2] }),
  ],
  [
    'unequal dilations',
    geometryOf({ size: [10, 9], window: [2, 3], channels: 5, dilation: [3, 2], stride: [2, 1] }),
  ],
  [
    'windows wholly in the padding',
    geometryOf({ size: [2, 3], window: [2, 2], channels: 3, pad: [3, 2, 3, 4] }),
  ],
  ['padding on one side only', geometryOf({ size: [4, 4], window: [4, 4], channels: 3, pad: [0, 3, 3, 0] })],
  [
    'more positions than one block',
    geometryOf({ batch: 3, size: [17, 17], window: [3, 3], channels: 3, pad: [1, 1, 1, 1] }),
  ],
  [
    'channels in runs',
    geometryOf({
      batch: 9,
      size: [7, 8],
      window: [3, 3],
      channels: 8,
      stride: [2, 2],
      pad: [0, 1, 1, 1],
    }),
  ],
  [
    'many channels and dilation',
    geometryOf({
      size: [9, 8],
      window: [3, 2],
      channels: 17,
      stride: [3, 2],
      dilation: [2, 3],
      pad: [2, 1, 3, 0],
    }),
  ],
  [
    'many channels, and pixels that no window reads',
    geometryOf({ batch: 2, size: [8, 7], window: [2, 2], channels: 9, stride: [3, 4] }),
  ],
  [
    'sums longer than one block',
    geometryOf({ batch: 2, size: [5, 5], window: [3, 3], channels: 48, pad: [1, 1, 1, 1] }),
  ],
  ['one channel', geometryOf({ batch: 9, size: [8, 7], window: [3, 3], pad: [1, 1, 1, 1] })],
  [
    'one channel, stride 2, many images',
    geometryOf({ batch: 17, size: [8, 7], window: [3, 3], stride: [2, 2], pad: [0, 1, 0, 1] }),
  ],
  [
    'one channel, dilations and unequal padding',
    geometryOf({ batch: 2, size: [9, 8], window: [3, 2], dilation: [2, 3], pad: [0, 3, 4, 1] }),
  ],
  [
    'one channel, windows wholly in the padding',
    geometryOf({ batch: 2, size: [2, 3], window: [2, 2], pad: [3, 2, 3, 4] }),
  ],
  [
    'one channel, an image that is not seen whole',
    geometryOf({ batch: 2, size: [7, 8], window: [3, 3], pad: [-1, -2, -2, 0] }),
  ],
  [
    'lines longer than a block',
    geometryOf({ batch: 1, size: [3, 300], window: [3, 3], channels: 2, pad: [1, 1, 1, 1] }),
  ],
];
