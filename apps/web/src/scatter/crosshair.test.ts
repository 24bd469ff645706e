import { describe, expect, it } from 'vitest';
import { createCrosshair } from './crosshair.ts';
import type { KeyAction } from './keys.ts';

/** Three points of two classes on a map of a pixel a unit, and what is emitted. */
function open() {
  const places = [
    [0, 0],
    [30, 0],
    [0, -20],
  ] as const;
  const events: [string, object][] = [];
  const away = (row: number, x: number, y: number) => Math.hypot(places[row]![0] - x, places[row]![1] - y);
  const nearest = (x: number, y: number) => [0, 1, 2].sort((a, b) => away(a, x, y) - away(b, x, y));
  const crosshair = createCrosshair({
    middle: () => [1, 0],
    toPixel: (x, y) => [x, -y],
    toData: ([px, py]) => [px, -py],
    pick: (x, y) => nearest(x, y).find((row) => away(row, x, y) <= 4),
    nearest,
    placeOf: (row) => places[row]!,
    categoryOf: (row) => row % 2,
    selectWithin: (path) => {
      const radius = path[0]! - crosshair.at![0];
      const mask = Uint8Array.from(places, (_, row) => Number(away(row, ...crosshair.at!) <= radius));
      return { mask, count: mask.reduce((sum, one) => sum + one, 0) };
    },
    reveal: () => {},
    emit: (type, event) => events.push([type, event]),
    hover: (row) => events.push(['hover', { row }]),
  });
  const act = (action: KeyAction) => {
    events.length = 0;
    return crosshair.act(action);
  };
  const last = (type: string) => events.findLast(([name]) => name === type)?.[1];
  return { crosshair, act, last };
}

describe('a crosshair', () => {
  it('begins in the middle and steps, telling what is there', () => {
    const { crosshair, act, last } = open();
    expect(crosshair.at).toBeUndefined();
    act({ do: 'step', dx: 2, dy: 0 });
    expect(crosshair.at).toEqual([3, -0]);
    expect(last('move')).toMatchObject({ x: 3, by: 'keys' });
    expect(last('hover')).toEqual({ row: 0 });
    expect(last('say')).toMatchObject({ about: 'place', row: 0, category: 0 });
    act({ do: 'step', dx: 10, dy: 0 });
    expect(last('say')).toMatchObject({ about: 'place', row: undefined });
  });

  it('goes to the nearest point, the next nearest, and back', () => {
    const { crosshair, act } = open();
    const visit = (by: 1 | -1) => {
      act({ do: 'visit', by });
      return crosshair.at;
    };
    expect(visit(1)).toEqual([0, 0]);
    expect(visit(1)).toEqual([0, -20]);
    expect(visit(1)).toEqual([30, 0]);
    expect(visit(-1)).toEqual([0, -20]);
  });

  it('presses where it is', () => {
    const { act, last } = open();
    act({ do: 'press' });
    expect(last('press')).toEqual({ x: 1, y: 0, row: 0, by: 'keys' });
  });

  it('makes a round selection that grows, moves along and is closed', () => {
    const { crosshair, act, last } = open();
    act({ do: 'visit', by: 1 });
    act({ do: 'round' });
    expect(last('lasso')).toMatchObject({ count: 3, by: 'keys', isDone: false });
    act({ do: 'grow', factor: 0.6 });
    expect([...(last('lasso') as { mask: Uint8Array }).mask]).toEqual([1, 0, 1]);
    act({ do: 'step', dx: 16, dy: 0 });
    expect(last('say')).toEqual({ about: 'round', count: 2, isDone: false });
    act({ do: 'press' });
    expect(last('lasso')).toMatchObject({ isDone: true });
    expect(last('press')).toBeUndefined();
    expect(crosshair.path).toBeUndefined();
  });

  it('gives a round selection up, and leaves Escape to others then', () => {
    const { act } = open();
    act({ do: 'round' });
    expect(act({ do: 'leave' })).toBe(true);
    expect(act({ do: 'leave' })).toBe(false);
    expect(act({ do: 'grow', factor: 1.2 })).toBe(false);
  });
});
