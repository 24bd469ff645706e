import { describe, expect, it } from 'vitest';
import { createMotion } from './motion.ts';

const to =
  (...values: number[]) =>
  (target: Float32Array) =>
    target.set(values);

describe('a motion', () => {
  it('is where it began before it begins', () => {
    const motion = createMotion(Float32Array.of(1, 2));
    expect([...motion.placesAt(0)]).toEqual([1, 2]);
    expect(motion.shareAt(0)).toBe(1);
  });

  it('goes evenly from map to map where they come fast', () => {
    const motion = createMotion(Float32Array.of(0, 10));
    motion.start(to(100, 20), 1000, 0.1);
    expect(motion.shareAt(1000)).toBe(0);
    expect([...motion.placesAt(1025)]).toEqual([25, 12.5]);
    expect([...motion.placesAt(1100)]).toEqual([100, 20]);
    expect(motion.shareAt(5000)).toBe(1);
  });

  it('begins and ends softly where it takes its time', () => {
    const motion = createMotion(Float32Array.of(0));
    motion.start(to(1), 0, 1);
    expect(motion.shareAt(100)).toBeCloseTo(3 * 0.01 - 2 * 0.001, 12);
    expect(motion.shareAt(500)).toBe(0.5);
  });

  it('jumps in no time', () => {
    const motion = createMotion(Float32Array.of(0));
    motion.start(to(7), 50, 0);
    expect(motion.shareAt(50)).toBe(1);
    expect([...motion.placesAt(50)]).toEqual([7]);
  });

  it('has one array to upload for a map after one that was reached', () => {
    const motion = createMotion(Float32Array.of(0));
    motion.start(to(1), 0, 0.1);
    const reached = motion.to;
    const fresh = motion.start(to(2), 100, 0.1);
    expect(fresh).toHaveLength(1);
    expect(fresh[0]).toBe(motion.to);
    expect(motion.from).toBe(reached);
    expect([motion.from[0], motion.to[0]]).toEqual([1, 2]);
  });

  it('takes the last of the way in one step where maps come fast, and sends the new one alone', () => {
    const motion = createMotion(Float32Array.of(0));
    motion.start(to(1), 0, 0.1);
    expect(motion.start(to(2), 95, 0.1)).toHaveLength(1);
    expect([motion.from[0], motion.to[0]]).toEqual([1, 2]);
  });

  it('sets out from where points are when a map comes early', () => {
    const motion = createMotion(Float32Array.of(0));
    motion.start(to(1), 0, 0.1);
    const fresh = motion.start(to(5), 50, 0.1);
    expect(new Set(fresh)).toEqual(new Set([motion.from, motion.to]));
    expect(motion.placesAt(50)[0]).toBe(0.5);
    expect(motion.placesAt(150)[0]).toBe(5);
  });
});
