import type { DigitStyle } from '../digit-style.ts';

/** Ways of writing 0: an egg, a circle, and a loop whose end runs past its start. */
// biome-ignore format: places read along the stroke
export const ZERO_STYLES: readonly DigitStyle[] = [
  {
    name: 'egg',
    weight: 4,
    strokes: [
      [
        [0.42, 0.02], [0.2, 0.1], [0.05, 0.36], [0.03, 0.66], [0.16, 0.93],
        [0.38, 0.97], [0.58, 0.76], [0.66, 0.42], [0.56, 0.12], [0.38, 0.02],
      ],
    ],
  },
  {
    name: 'circle',
    weight: 5,
    strokes: [
      [
        [0.46, 0.01], [0.18, 0.12], [0.0, 0.42], [0.04, 0.75], [0.28, 0.98],
        [0.62, 0.92], [0.84, 0.62], [0.82, 0.28], [0.62, 0.06], [0.42, 0.03],
      ],
    ],
  },
  {
    name: 'overrun',
    weight: 3,
    strokes: [
      [
        [0.5, 0.08], [0.3, 0.03], [0.1, 0.22], [0.02, 0.56], [0.12, 0.88], [0.36, 0.98],
        [0.62, 0.78], [0.72, 0.44], [0.62, 0.14], [0.44, 0.02], [0.28, 0.1],
      ],
    ],
  },
];
