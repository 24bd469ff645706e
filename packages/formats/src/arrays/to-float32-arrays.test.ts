import { describe, expect, it } from 'vitest';
import { toFloat32Arrays } from './to-float32-arrays.ts';

describe('toFloat32Arrays', () => {
  it('passes float32 arrays on without a copy', () => {
    const data = Float32Array.of(1);
    expect(toFloat32Arrays({ a: { shape: [1], data } }).a?.data).toBe(data);
  });

  it('names the array that holds something else', () => {
    expect(() => toFloat32Arrays({ a: { shape: [1], data: Float64Array.of(1) } })).toThrow(
      "expected 'a' to hold float32, got Float64Array",
    );
  });
});
