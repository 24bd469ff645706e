import type { backend_util } from '@tensorflow/tfjs-core';

export interface ConvCase {
  /** `[batch, height, width, channels]`. */
  x: [number, number, number, number];
  /** `[height, width, channels, outChannels]`. */
  filter: [number, number, number, number];
  strides: number | [number, number];
  pad: 'same' | 'valid' | number | backend_util.ExplicitPadding;
  dilations?: number | [number, number];
}

/** Convolutions at ragged sizes: odd and even, one and many channels, every kind of stride, padding and dilation. */
export const CONV_CASES: [string, ConvCase][] = [
  ['one pixel', { x: [1, 1, 1, 1], filter: [1, 1, 1, 1], strides: 1, pad: 'valid' }],
  ['no image', { x: [0, 5, 5, 3], filter: [3, 3, 3, 2], strides: 1, pad: 'same' }],
  ['an even image at stride 2', { x: [2, 28, 28, 1], filter: [3, 3, 1, 32], strides: 2, pad: 'same' }],
  ['an odd image at stride 2', { x: [3, 7, 7, 5], filter: [3, 3, 5, 3], strides: 2, pad: 'same' }],
  ['an even kernel', { x: [2, 8, 6, 3], filter: [4, 4, 3, 5], strides: 2, pad: 'same' }],
  ['no padding', { x: [2, 9, 8, 3], filter: [3, 2, 3, 4], strides: 1, pad: 'valid' }],
  ['stride 3', { x: [1, 11, 10, 3], filter: [2, 2, 3, 5], strides: 3, pad: 'valid' }],
  ['unequal strides', { x: [2, 9, 10, 1], filter: [3, 3, 1, 3], strides: [1, 2], pad: 'same' }],
  ['a number of padding', { x: [1, 5, 5, 3], filter: [3, 3, 3, 3], strides: 1, pad: 2 }],
  [
    'explicit padding',
    {
      x: [2, 5, 6, 3],
      filter: [3, 3, 3, 2],
      strides: 2,
      pad: [
        [0, 0],
        [0, 1],
        [2, 1],
        [0, 0],
      ],
    },
  ],
  ['dilation', { x: [1, 9, 9, 3], filter: [3, 3, 3, 5], strides: 1, pad: 'same', dilations: 2 }],
  [
    'unequal dilations',
    { x: [2, 10, 9, 5], filter: [2, 3, 5, 1], strides: 1, pad: 'valid', dilations: [3, 2] },
  ],
  ['more positions than a block', { x: [5, 17, 13, 3], filter: [3, 3, 3, 5], strides: 1, pad: 'same' }],
];
