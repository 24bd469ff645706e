import type { DigitStyle } from '../digit-style.ts';

/** Ways of writing 0: an egg, a circle, and a loop whose end runs past its start. */
// biome-ignore format: places read along the stroke
export const ZERO_STYLES: readonly DigitStyle[] = [
  {
    name: 'egg',
    weight: 4,
    slant: 0.2,
    strokes: [
      [
        [0.42, 0.02], [0.12, 0.2], [0.02, 0.58], [0.2, 0.94], [0.48, 0.9], [0.66, 0.5], [0.58, 0.14], [0.38, 0.02],
      ],
    ],
  },
  {
    name: 'circle',
    weight: 5,
    slant: 0.2,
    strokes: [
      [
        [0.46, 0.01], [0.1, 0.2], [0.0, 0.6], [0.28, 0.97], [0.66, 0.9], [0.86, 0.5], [0.7, 0.12], [0.42, 0.02],
      ],
    ],
  },
  {
    name: 'overrun',
    weight: 3,
    slant: 0.2,
    strokes: [
      [
        [0.5, 0.08], [0.3, 0.03], [0.1, 0.22], [0.02, 0.56], [0.12, 0.88], [0.36, 0.98],
        [0.62, 0.78], [0.72, 0.44], [0.62, 0.14], [0.44, 0.02], [0.28, 0.1],
      ],
    ],
  },
];
