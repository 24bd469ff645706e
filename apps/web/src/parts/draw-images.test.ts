import { expect, it } from 'vitest';
import { toRgba } from './draw-images.ts';

it('spreads grey, keeps colours, and is never seen through', () => {
  expect([...toRgba(Uint8Array.of(7, 9), 1)]).toEqual([7, 7, 7, 255, 9, 9, 9, 255]);
  expect([...toRgba(Uint8Array.of(1, 2, 3), 3)]).toEqual([1, 2, 3, 255]);
  expect([...toRgba(Uint8Array.of(5, 6), 2)]).toEqual([5, 5, 5, 255]);
});
