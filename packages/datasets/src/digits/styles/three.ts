import type { DigitStyle } from '../digit-style.ts';

/** Ways of writing 3: two bows that meet in a corner, in a little loop, under a flat top, and over a large bow. */
// biome-ignore format: places read along the stroke
export const THREE_STYLES: readonly DigitStyle[] = [
  {
    name: 'corner',
    weight: 6,
    strokes: [
      [
        [0.06, 0.12], [0.26, 0.0], [0.5, 0.06], [0.54, 0.26], [0.4, 0.42], [0.22, 0.48],
        [0.22, 0.48], [0.46, 0.52], [0.62, 0.7], [0.52, 0.92], [0.26, 1.0], [0.0, 0.9],
      ],
    ],
  },
  {
    name: 'loop',
    weight: 3,
    strokes: [
      [
        [0.06, 0.12], [0.28, 0.0], [0.52, 0.08], [0.52, 0.28], [0.36, 0.44], [0.2, 0.46], [0.26, 0.4],
        [0.46, 0.5], [0.6, 0.7], [0.48, 0.93], [0.24, 1.0], [0.02, 0.88],
      ],
    ],
  },
  {
    name: 'flat top',
    weight: 1.2,
    strokes: [
      [
        [0.04, 0.05], [0.3, 0.03], [0.58, 0.02], [0.58, 0.02], [0.44, 0.22], [0.26, 0.4], [0.26, 0.4],
        [0.5, 0.46], [0.62, 0.7], [0.48, 0.94], [0.22, 0.99], [0.0, 0.9],
      ],
    ],
  },
  {
    name: 'large bow',
    weight: 3,
    strokes: [
      [
        [0.12, 0.1], [0.34, 0.0], [0.54, 0.08], [0.52, 0.24], [0.34, 0.36], [0.2, 0.4],
        [0.2, 0.4], [0.46, 0.42], [0.64, 0.6], [0.58, 0.84], [0.32, 0.99], [0.04, 0.98], [-0.1, 0.88],
      ],
    ],
  },
];
