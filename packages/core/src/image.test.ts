import { describe, expect, it } from 'vitest';
import { pixelCount } from './image.ts';

describe('pixelCount', () => {
  it.each([
    [{ height: 28, width: 28, channels: 1 }, 784],
    [{ height: 32, width: 16, channels: 3 }, 1536],
    [{ height: 0, width: 28, channels: 1 }, 0],
  ])('of %o is %i', (shape, expected) => {
    expect(pixelCount(shape)).toBe(expected);
  });
});
