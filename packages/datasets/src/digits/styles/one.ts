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
    strokes: [
      [[0.16, 0.18], [0.26, 0.1], [0.34, 0.0], [0.34, 0.0], [0.34, 0.5], [0.34, 1.0]],
    ],
  },
  {
    name: 'base',
    weight: 0.7,
    strokes: [
      [[0.12, 0.2], [0.24, 0.11], [0.34, 0.0], [0.34, 0.0], [0.33, 0.5], [0.33, 0.99]],
      [[0.06, 0.99], [0.32, 0.98], [0.62, 0.97]],
    ],
  },
];
