import type { DigitStyle } from '../digit-style.ts';

/** Ways of writing 2: with a corner at the foot, with a loop there, and with a soft wave. */
export const TWO_STYLES: readonly DigitStyle[] = [
  {
    name: 'corner',
    weight: 4,
    strokes: [
      [
        [0.06, 0.22],
        [0.2, 0.05],
        [0.42, 0.0],
        [0.6, 0.13],
        [0.58, 0.36],
        [0.36, 0.66],
        [0.04, 0.96],
        [0.04, 0.96],
        [0.34, 0.95],
        [0.74, 0.93],
      ],
    ],
  },
  {
    name: 'loop',
    weight: 5,
    strokes: [
      [
        [0.1, 0.18],
        [0.28, 0.03],
        [0.5, 0.04],
        [0.6, 0.22],
        [0.5, 0.5],
        [0.3, 0.8],
        [0.12, 0.96],
        [0.0, 0.9],
        [0.08, 0.76],
        [0.28, 0.8],
        [0.5, 0.94],
        [0.8, 0.92],
      ],
    ],
  },
  {
    name: 'wave',
    weight: 3,
    strokes: [
      [
        [0.05, 0.14],
        [0.28, 0.02],
        [0.52, 0.06],
        [0.6, 0.26],
        [0.46, 0.56],
        [0.24, 0.8],
        [0.02, 0.94],
        [0.02, 0.94],
        [0.22, 0.86],
        [0.48, 0.92],
        [0.8, 0.98],
      ],
    ],
  },
];
