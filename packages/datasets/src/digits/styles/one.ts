import type { DigitStyle } from '../digit-style.ts';

/** Ways of writing 1: a plain stroke, one with an upstroke, one with an upstroke and a base. */
// biome-ignore format: places read along the stroke
export const ONE_STYLES: readonly DigitStyle[] = [
  {
    name: 'plain',
    weight: 9,
    strokes: [
      [[0.3, 0.0], [0.3, 0.5], [0.3, 1.0]],
    ],
  },
  {
    name: 'upstroke',
    weight: 1,
    lean: 0.18,
    strokes: [
      [[0.16, 0.18], [0.26, 0.1], [0.34, 0.0], [0.34, 0.0], [0.34, 0.5], [0.34, 1.0]],
    ],
  },
  {
    name: 'base',
    weight: 0.7,
    slant: 0.04,
    lean: 0.1,
    strokes: [
      [[0.18, 0.17], [0.27, 0.1], [0.34, 0.0], [0.34, 0.0], [0.34, 0.5], [0.34, 0.99]],
      [[0.12, 1.0], [0.34, 0.99], [0.58, 0.98]],
    ],
  },
];
