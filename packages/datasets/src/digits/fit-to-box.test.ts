import { describe, expect, it } from 'vitest';
import { fitToBox } from './fit-to-box.ts';

const fitted = (strokes: number[][]) => {
  fitToBox(strokes, { size: 18, centre: 14 });
  return strokes;
};

describe('fitToBox', () => {
  it('scales the longer side to size and centres the box', () => {
    expect(fitted([[0, 0, 0, 1]])).toEqual([[14, 5, 14, 23]]);
    expect(fitted([[2, 7, 6, 7]])).toEqual([[5, 14, 23, 14]]);
  });

  it('keeps the proportions, over all strokes together', () => {
    expect(
      fitted([
        [0, 0, 1, 0],
        [0, 2, 1, 2],
      ]),
    ).toEqual([
      [9.5, 5, 18.5, 5],
      [9.5, 23, 18.5, 23],
    ]);
  });
});
