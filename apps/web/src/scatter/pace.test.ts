import { describe, expect, it } from 'vitest';
import { createPace } from './pace.ts';

/** Frames of a machine that takes `base` and so many milliseconds for all points. */
function run(base: number, forAll: number, frames = 200) {
  const pace = createPace();
  const taken: number[] = [];
  for (let i = 0; i < frames; i++) {
    const milliseconds = Math.max(base + forAll * pace.share, 16.7);
    taken.push(milliseconds);
    pace.frame(milliseconds);
  }
  return { pace, late: taken.slice(-100) };
}

describe('the pace of a moving map', () => {
  it('draws all points where there is time', () => {
    expect(run(2, 10).pace.share).toBe(1);
  });

  it('draws as many as there is time for', () => {
    const { pace, late } = run(8, 90);
    expect(pace.share).toBeLessThan(0.5);
    const median = late.sort((a, b) => a - b)[50]!;
    expect(median).toBeLessThanOrEqual(33);
    // And not far fewer than that.
    expect(median).toBeGreaterThan(20);
  });

  it('holds single frames below 33 ms too, where new maps make some slower than the others', () => {
    const pace = createPace();
    const taken: number[] = [];
    for (let i = 0; i < 400; i++) {
      const milliseconds = Math.max(8 + 32 * pace.share + (i % 5 === 0 ? 10 : 0), 16.7);
      taken.push(milliseconds);
      pace.frame(milliseconds);
    }
    const settled = taken.slice(100).sort((a, b) => a - b);
    expect(settled[Math.floor(0.95 * settled.length)]).toBeLessThan(31);
    expect(pace.share).toBeGreaterThan(0.25);
  });

  it('does not pay for what others hold up: where frames are quick but for some, fewer points would help none', () => {
    const pace = createPace();
    for (let i = 0; i < 200; i++) pace.frame(i % 10 === 0 ? 45 : 16.7);
    expect(pace.share).toBe(1);
  });

  it('is not upset by one slow frame', () => {
    const pace = createPace();
    for (let i = 0; i < 20; i++) pace.frame(16.7);
    pace.frame(70);
    expect(pace.share).toBe(1);
  });

  it('keeps the shape of classes, however slow the machine', () => {
    expect(run(500, 400).pace.share).toBe(0.15);
  });

  it('comes back to all when the machine has time again', () => {
    const { pace } = run(8, 90);
    for (let i = 0; i < 120; i++) pace.frame(16.7);
    expect(pace.share).toBe(1);
  });

  it('does not mind that the tab was hidden', () => {
    const pace = createPace();
    pace.frame(60_000);
    expect(pace.share).toBe(1);
    for (let i = 0; i < 10; i++) pace.frame(16.7);
    expect(pace.share).toBe(1);
  });
});
