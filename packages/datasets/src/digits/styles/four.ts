import type { DigitStyle } from '../digit-style.ts';

/** Ways of writing 4: open at the top with a corner or a bow, closed, in one stroke, and with a short stem. */
// biome-ignore format: places read along the stroke
export const FOUR_STYLES: readonly DigitStyle[] = [
  {
    name: 'open corner',
    weight: 4,
    slant: 0.2,
    strokes: [
      [[0.1, 0.04], [0.06, 0.26], [0.02, 0.5], [0.02, 0.5], [0.28, 0.5], [0.59, 0.47]],
      [[0.57, 0.0], [0.53, 0.32], [0.49, 0.66], [0.47, 1.0]],
    ],
  },
  {
    name: 'open bow',
    weight: 5,
    slant: 0.2,
    strokes: [
      [[0.06, 0.08], [-0.02, 0.28], [0.0, 0.46], [0.17, 0.54], [0.4, 0.5], [0.61, 0.42]],
      [[0.59, 0.02], [0.55, 0.34], [0.51, 0.66], [0.49, 1.0]],
    ],
  },
  {
    name: 'closed',
    weight: 1.2,
    slant: 0.2,
    strokes: [
      [[0.44, 0.0], [0.22, 0.3], [-0.02, 0.6], [-0.02, 0.6], [0.36, 0.6], [0.78, 0.58]],
      [[0.46, 0.02], [0.45, 0.34], [0.44, 0.66], [0.43, 1.0]],
    ],
  },
  {
    name: 'one stroke',
    weight: 1,
    slant: 0.2,
    strokes: [
      [
        [0.06, 0.1], [-0.04, 0.32], [0.04, 0.52], [0.27, 0.5], [0.47, 0.32], [0.59, 0.02],
        [0.57, 0.02], [0.51, 0.34], [0.47, 0.68], [0.44, 1.0],
      ],
    ],
  },
  {
    name: 'long bar',
    weight: 2.5,
    slant: 0.2,
    strokes: [
      [[0.13, 0.1], [0.08, 0.34], [0.0, 0.6], [0.0, 0.6], [0.34, 0.58], [0.8, 0.54]],
      [[0.59, 0.0], [0.53, 0.32], [0.47, 0.66], [0.43, 1.0]],
    ],
  },
];
