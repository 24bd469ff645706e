import { expect, it } from 'vitest';
import { axisAt, stripCells, stripCodes } from './strip.ts';

const SIZE = { width: 800, height: 600 };

it('has cells from 28 to 56 pixels wide that cover the view, in places that stay where they are', () => {
  for (const scale of [3, 40, 56, 500]) {
    const camera = { x: 0.3, y: 1, scale };
    const { left, step, count } = stripCells(camera, SIZE);
    expect(step * scale).toBeGreaterThanOrEqual(28);
    expect(step * scale).toBeLessThan(56);
    expect(left).toBeLessThanOrEqual(0.3 - 400 / scale);
    expect(left + count * step).toBeGreaterThanOrEqual(0.3 + 400 / scale);
    expect(left / step).toBe(Math.round(left / step));
  }
});

it('decodes the middles of its cells', () => {
  expect([...stripCodes({ left: -1, step: 0.5, count: 3 })]).toEqual([-0.75, 0, -0.25, 0, 0.25, 0]);
});

it('draws the axis where pictures have room below it', () => {
  expect(axisAt({ x: 0, y: 2, scale: 100 }, SIZE)).toBe(600 - 20 - 50 - 4);
});
