import { describe, expect, it } from 'vitest';
import { runGoldenTraces } from '../scripts/golden-traces.js';

const results = await runGoldenTraces(new URL('../fixtures/', import.meta.url));

describe('training on the WASM backend', () => {
  it.each(results)("follows PyTorch's trace of $name for all its steps", ({ worst, steps }) => {
    expect(steps).toBe(25);
    expect(worst.loss).toBeLessThan(1e-4);
    expect(worst.reconstruction).toBeLessThan(1e-4);
    expect(worst.kl).toBeLessThan(1); // in units of its bound: 1e-4 relative or 1e-5 absolute
    expect(worst.gradientNorm).toBeLessThan(1e-3);
  });
});
