import type { DigitStyle } from '../digit-style.ts';

/** Ways of writing 7: with a straight or a bent leg, with a bar across it, with a hook before the top, and arched. */
// biome-ignore format: places read along the stroke
export const SEVEN_STYLES: readonly DigitStyle[] = [
  {
    name: 'straight leg',
    weight: 5,
    slant: 0.04,
    strokes: [[[0.02, 0.08], [0.28, 0.07], [0.6, 0.03], [0.6, 0.03], [0.48, 0.34], [0.36, 0.66], [0.24, 1.0]]],
  },
  {
    name: 'bent leg',
    weight: 5,
    slant: 0.04,
    strokes: [[[0.02, 0.14], [0.2, 0.07], [0.46, 0.02], [0.6, 0.07], [0.54, 0.3], [0.42, 0.62], [0.34, 1.0]]],
  },
  {
    name: 'bar',
    weight: 2.5,
    slant: 0.04,
    strokes: [
      [[0.02, 0.07], [0.3, 0.06], [0.64, 0.03], [0.64, 0.03], [0.5, 0.34], [0.36, 0.66], [0.28, 1.0]],
      [[0.16, 0.52], [0.42, 0.48], [0.7, 0.45]],
    ],
  },
  {
    name: 'hook',
    weight: 2.5,
    slant: 0.04,
    strokes: [
      [
        [0.02, 0.26], [0.06, 0.1], [0.1, 0.05], [0.1, 0.05], [0.34, 0.08], [0.62, 0.03],
        [0.62, 0.03], [0.5, 0.34], [0.4, 0.66], [0.32, 1.0],
      ],
    ],
  },
  {
    name: 'arch',
    weight: 2,
    slant: 0.04,
    strokes: [
      [[-0.06, 0.26], [0.08, 0.09], [0.34, 0.02], [0.58, 0.06], [0.64, 0.24], [0.56, 0.5], [0.44, 0.76], [0.36, 1.0]],
    ],
  },
];
