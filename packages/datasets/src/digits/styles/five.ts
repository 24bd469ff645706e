import type { DigitStyle } from '../digit-style.ts';

/** Ways of writing 5: with the hat drawn last, short or long, in one stroke, and in one soft stroke like an S. */
// biome-ignore format: places read along the stroke
export const FIVE_STYLES: readonly DigitStyle[] = [
  {
    name: 'short hat',
    weight: 4,
    slant: 0,
    strokes: [
      [
        [0.22, 0.06], [0.19, 0.22], [0.16, 0.4], [0.16, 0.4], [0.38, 0.38], [0.6, 0.5],
        [0.65, 0.74], [0.49, 0.94], [0.22, 1.0], [-0.04, 0.92],
      ],
      [[0.22, 0.05], [0.52, 0.02], [0.81, 0.0]],
    ],
  },
  {
    name: 'long hat',
    weight: 4,
    slant: 0,
    strokes: [
      [
        [0.29, 0.08], [0.25, 0.24], [0.19, 0.42], [0.19, 0.42], [0.38, 0.4], [0.55, 0.52],
        [0.55, 0.74], [0.4, 0.92], [0.19, 1.0], [-0.06, 0.94],
      ],
      [[0.29, 0.08], [0.59, 0.05], [1.05, 0.0]],
    ],
  },
  {
    name: 'one stroke',
    weight: 4,
    slant: 0,
    strokes: [
      [
        [0.87, 0.0], [0.56, 0.03], [0.27, 0.05], [0.27, 0.05], [0.21, 0.22], [0.16, 0.4], [0.16, 0.4],
        [0.4, 0.38], [0.63, 0.52], [0.65, 0.76], [0.45, 0.96], [0.18, 0.99], [-0.07, 0.9],
      ],
    ],
  },
  {
    name: 'soft',
    weight: 2,
    slant: 0,
    strokes: [
      [
        [0.95, 0.02], [0.62, 0.02], [0.33, 0.08], [0.22, 0.24], [0.31, 0.4], [0.53, 0.54],
        [0.59, 0.76], [0.42, 0.96], [0.13, 0.99], [-0.04, 0.88],
      ],
    ],
  },
];
