import type { DigitStyle } from '../digit-style.ts';

/** Ways of writing 4: open at the top with a corner or a bow, closed, and in one stroke like a tall y. */
export const FOUR_STYLES: readonly DigitStyle[] = [
  {
    name: 'open corner',
    weight: 4,
    strokes: [
      [
        [0.1, 0.04],
        [0.06, 0.26],
        [0.02, 0.5],
        [0.02, 0.5],
        [0.3, 0.5],
        [0.62, 0.47],
      ],
      [
        [0.6, 0.0],
        [0.56, 0.32],
        [0.52, 0.66],
        [0.5, 1.0],
      ],
    ],
  },
  {
    name: 'open bow',
    weight: 5,
    strokes: [
      [
        [0.08, 0.06],
        [0.03, 0.26],
        [0.06, 0.44],
        [0.22, 0.51],
        [0.42, 0.46],
        [0.6, 0.38],
      ],
      [
        [0.62, 0.02],
        [0.58, 0.34],
        [0.54, 0.66],
        [0.52, 1.0],
      ],
    ],
  },
  {
    name: 'closed',
    weight: 1.6,
    strokes: [
      [
        [0.5, 0.0],
        [0.26, 0.3],
        [0.02, 0.58],
        [0.02, 0.58],
        [0.36, 0.57],
        [0.72, 0.55],
      ],
      [
        [0.5, 0.02],
        [0.48, 0.34],
        [0.47, 0.66],
        [0.46, 1.0],
      ],
    ],
  },
  {
    name: 'one stroke',
    weight: 1.6,
    strokes: [
      [
        [0.1, 0.06],
        [0.02, 0.3],
        [0.1, 0.48],
        [0.32, 0.46],
        [0.5, 0.28],
        [0.6, 0.02],
        [0.6, 0.02],
        [0.54, 0.34],
        [0.5, 0.68],
        [0.46, 1.0],
      ],
    ],
  },
];
