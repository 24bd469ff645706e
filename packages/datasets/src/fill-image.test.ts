import { describe, expect, it } from 'vitest';
import { fillImage } from './fill-image.ts';

const WIDTH = 4000;
const shape = { height: 1, width: WIDTH, channels: 1 };
const plain = { binarize: 'none', range: [0, 1], seed: 3, epoch: 0 } as const;
const fill = (images: Uint8Array | Float32Array, options: Partial<Parameters<typeof fillImage>[4]>) => {
  const out = new Float32Array(WIDTH);
  fillImage({ shape, images }, 0, out, 0, { ...plain, ...options });
  return out;
};
const mean = (values: Float32Array) => values.reduce((sum, value) => sum + value, 0) / values.length;

describe('fillImage', () => {
  it('turns bytes into v / 255 as float32', () => {
    const bytes = Uint8Array.from({ length: WIDTH }, (_, i) => i);
    expect(fill(bytes, {})).toEqual(Float32Array.from(bytes, (byte) => byte / 255));
  });

  it('leaves floats as they are', () => {
    const floats = new Float32Array(WIDTH).fill(0.3);
    expect(fill(floats, {})).toEqual(floats);
  });

  it('scales to [-1, 1]', () => {
    const bytes = Uint8Array.from({ length: WIDTH }, (_, i) => (i % 2) * 255);
    expect(new Set(fill(bytes, { range: [-1, 1] }))).toEqual(new Set([-1, 1]));
  });

  it('draws coins of the pixels brightness, surely for black and white', () => {
    const coins = fill(new Float32Array(WIDTH).fill(0.3), { binarize: 'fixed' });
    expect(new Set(coins)).toEqual(new Set([0, 1]));
    expect(Math.abs(mean(coins) - 0.3)).toBeLessThan(0.03); // 4 standard errors
    expect(mean(fill(new Uint8Array(WIDTH), { binarize: 'fixed' }))).toBe(0);
    expect(mean(fill(new Uint8Array(WIDTH).fill(255), { binarize: 'fixed' }))).toBe(1);
  });

  it('draws fixed coins alike in every epoch, and dynamic ones anew', () => {
    const grey = new Float32Array(WIDTH).fill(0.5);
    const draw = (binarize: 'fixed' | 'dynamic', epoch: number, seed = 3) =>
      fill(grey, { binarize, epoch, seed });
    expect(draw('fixed', 1)).toEqual(draw('fixed', 2));
    expect(draw('dynamic', 1)).not.toEqual(draw('dynamic', 2));
    expect(draw('dynamic', 2)).toEqual(draw('dynamic', 2));
    expect(draw('fixed', 1, 4)).not.toEqual(draw('fixed', 1));
  });
});
