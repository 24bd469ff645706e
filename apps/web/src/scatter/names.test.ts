import { describe, expect, it } from 'vitest';
import { placeNames } from './names.ts';

const tag = (text: string, px: number, py: number) => ({ text, px, py, width: 20, height: 10 });

describe('names', () => {
  it('stay at their medians where there is room', () => {
    const tags = [tag('0', 0, 0), tag('1', 30, 0), tag('2', 0, 15)];
    expect(placeNames(tags)).toEqual(tags);
  });

  it('part along the shorter way, each by half', () => {
    const [a, b] = placeNames([tag('4', 100, 100), tag('9', 104, 106)]);
    expect([a!.px, b!.px]).toEqual([100, 104]);
    expect([a!.py, b!.py]).toEqual([98, 108]);
  });

  it('part in a crowd too: all of ten at one place are readable', () => {
    const placed = placeNames(Array.from({ length: 10 }, (_, i) => tag(String(i), 50 + i, 50)));
    for (const [i, a] of placed.entries()) {
      for (const b of placed.slice(i + 1)) {
        const apart = Math.abs(a.px - b.px) >= 17 || Math.abs(a.py - b.py) >= 8;
        expect(apart).toBe(true);
      }
    }
  });
});
