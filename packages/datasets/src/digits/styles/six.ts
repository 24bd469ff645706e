import type { DigitStyle } from '../digit-style.ts';

/** Ways of writing 6: a straight or a curved back over a round bowl, a wide or a narrow bowl, and an open one. */
// biome-ignore format: places read along the stroke
export const SIX_STYLES: readonly DigitStyle[] = [
  {
    name: 'straight back',
    weight: 4,
    strokes: [
      [
        [0.4, 0.0], [0.22, 0.26], [0.08, 0.54], [0.06, 0.82], [0.22, 0.98], [0.46, 0.94],
        [0.58, 0.77], [0.48, 0.62], [0.28, 0.64], [0.12, 0.8],
      ],
    ],
  },
  {
    name: 'curved back',
    weight: 3,
    strokes: [
      [
        [0.44, 0.0], [0.22, 0.14], [0.06, 0.4], [0.02, 0.7], [0.14, 0.93], [0.38, 0.99],
        [0.6, 0.86], [0.58, 0.66], [0.38, 0.6], [0.14, 0.74],
      ],
    ],
  },
  {
    name: 'wide bowl',
    weight: 4,
    strokes: [
      [
        [0.32, 0.0], [0.14, 0.26], [0.02, 0.56], [0.06, 0.86], [0.3, 0.99], [0.58, 0.92],
        [0.72, 0.72], [0.6, 0.54], [0.38, 0.58], [0.22, 0.8],
      ],
    ],
  },
  {
    name: 'narrow bowl',
    weight: 2,
    strokes: [
      [
        [0.3, 0.0], [0.14, 0.26], [0.05, 0.56], [0.06, 0.84], [0.2, 0.99], [0.4, 0.92],
        [0.46, 0.74], [0.36, 0.62], [0.2, 0.68], [0.12, 0.84],
      ],
    ],
  },
  {
    name: 'open bowl',
    weight: 1,
    strokes: [
      [
        [0.26, 0.0], [0.1, 0.28], [0.02, 0.58], [0.06, 0.86], [0.26, 0.99], [0.5, 0.92],
        [0.62, 0.72], [0.56, 0.56], [0.4, 0.58], [0.32, 0.68],
      ],
    ],
  },
];
