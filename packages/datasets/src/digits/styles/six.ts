import type { DigitStyle } from '../digit-style.ts';

/** Ways of writing 6: a straight or a curved back over a round bowl, and a narrow loop. */
export const SIX_STYLES: readonly DigitStyle[] = [
  {
    name: 'straight back',
    weight: 4,
    strokes: [
      [
        [0.46, 0.0],
        [0.24, 0.26],
        [0.08, 0.54],
        [0.04, 0.8],
        [0.18, 0.97],
        [0.42, 0.95],
        [0.56, 0.77],
        [0.46, 0.6],
        [0.26, 0.6],
        [0.1, 0.76],
      ],
    ],
  },
  {
    name: 'curved back',
    weight: 4,
    strokes: [
      [
        [0.52, 0.04],
        [0.3, 0.1],
        [0.1, 0.34],
        [0.02, 0.66],
        [0.12, 0.92],
        [0.36, 0.99],
        [0.58, 0.84],
        [0.54, 0.62],
        [0.34, 0.54],
        [0.12, 0.66],
      ],
    ],
  },
  {
    name: 'narrow',
    weight: 3,
    strokes: [
      [
        [0.3, 0.0],
        [0.14, 0.26],
        [0.05, 0.56],
        [0.06, 0.84],
        [0.2, 0.99],
        [0.4, 0.92],
        [0.46, 0.74],
        [0.36, 0.62],
        [0.2, 0.68],
        [0.12, 0.84],
      ],
    ],
  },
];
