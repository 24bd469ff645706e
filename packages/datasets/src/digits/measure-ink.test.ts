import { describe, expect, it } from 'vitest';
import { measureInk } from './measure-ink.ts';

describe('measureInk', () => {
  it('finds the only pixel with ink', () => {
    const image = new Uint8Array(9);
    image[1 * 3 + 2] = 7;
    expect(measureInk(image, 3)).toEqual({ x: 2, y: 1, left: 2, right: 2, top: 1, bottom: 1 });
  });

  it('weighs places by their ink, but not the box', () => {
    const box = { left: 0, right: 1, top: 0, bottom: 1 };
    expect(measureInk(new Uint8Array([0, 10, 30, 0]), 2)).toEqual({ x: 0.25, y: 0.75, ...box });
  });

  it('gives the middle and the whole of an empty image', () => {
    const box = { left: 0, right: 3, top: 0, bottom: 3 };
    expect(measureInk(new Uint8Array(16), 4)).toEqual({ x: 1.5, y: 1.5, ...box });
  });
});
