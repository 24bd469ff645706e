import { describe, expect, it } from 'vitest';
import { evenOrder, isDrawn, passesOf } from './renderer.ts';

describe('the order of drawing', () => {
  it.each([0, 1, 2, 5, 10, 60_000])('has each of %i rows once', (count) => {
    expect([...evenOrder(count)].sort((a, b) => a - b)).toEqual(
      Array.from({ length: count }, (_, row) => row),
    );
  });

  it('has at every beginning as many of each tenth, however rows are sorted', () => {
    const order = evenOrder(10_000);
    for (const length of [100, 1000, 2500]) {
      const tenths = new Array(10).fill(0);
      const turns = new Array(10).fill(0);
      for (const row of order.subarray(0, length)) {
        tenths[Math.floor(row / 1000)]++;
        turns[row % 10]++;
      }
      for (const count of [...tenths, ...turns])
        expect(Math.abs(count / (length / 10) - 1)).toBeLessThan(0.25);
    }
  });
});

describe('passes', () => {
  it('are one where all are meant', () => {
    expect(passesOf({ isolated: undefined, hasSelection: false })).toEqual(['meant']);
  });

  it('draw those that are not meant first, and each point once', () => {
    for (const frame of [
      { isolated: 3, hasSelection: false },
      { isolated: undefined, hasSelection: true },
      { isolated: 3, hasSelection: true },
    ]) {
      expect(passesOf(frame)).toEqual(['others', 'meant']);
      for (const category of [0, 3]) {
        for (const state of [0, 1]) {
          const isMeant =
            (frame.isolated === undefined || category === 3) && (!frame.hasSelection || state === 1);
          expect(isDrawn('meant', category, state, frame)).toBe(isMeant);
          expect(isDrawn('others', category, state, frame)).toBe(!isMeant);
        }
      }
    }
  });

  it('never draw what is hidden', () => {
    const frame = { isolated: undefined, hasSelection: false };
    expect(isDrawn('meant', 0, 2, frame) || isDrawn('others', 0, 2, frame)).toBe(false);
  });
});
