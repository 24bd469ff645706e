import { describe, expect, it } from 'vitest';
import { NO_CATEGORY } from './points.ts';
import { createScene } from './scene.ts';

function open() {
  const scene = createScene();
  const points = {
    x: Float64Array.of(1e6, 1e6 + 1, 1e6 + 2, 1e6 + 3),
    y: Float64Array.of(0, 0, 4, 4),
    category: Uint8Array.of(0, 3, NO_CATEGORY, 5),
    state: Uint8Array.of(0, 0, 0, 2),
  };
  scene.setPoints(points, 30);
  return { scene, points };
}

describe('a scene', () => {
  it('knows where its points are, far from 0 too', () => {
    const { scene } = open();
    expect(scene.placeOf(2, 0)).toEqual([1e6 + 2, 4]);
    expect(scene.bounds()).toEqual({ left: 1e6, right: 1e6 + 2, bottom: 0, top: 4 });
  });

  it('keeps what it was given: a caller may use its arrays again', () => {
    const { scene, points } = open();
    points.category.fill(9);
    points.state.fill(2);
    expect(scene.categoryOf(1)).toBe(3);
    expect(scene.countOf(undefined)).toBe(3);
  });

  it('moves points row by row, and is on the way in between', () => {
    const { scene } = open();
    const x = Float64Array.of(1e6 + 10, 1e6 + 1, 1e6 + 2, 1e6 + 3);
    scene.moveTo(x, Float64Array.of(0, 0, 4, 4), 100, 0.1);
    expect(scene.placeOf(0, 150)).toEqual([1e6 + 5, 0]);
    expect(scene.placeOf(0, 200)).toEqual([1e6 + 10, 0]);
    expect(scene.before).not.toBe(scene.after);
  });

  it('has one snapshot where points jump', () => {
    const { scene } = open();
    scene.moveTo(Float64Array.of(1, 2, 3, 4), new Float64Array(4), 100, 0);
    expect(scene.before).toBe(scene.after);
  });

  it('goes through the classes that there are, not those that there are colours for', () => {
    const { scene } = open();
    expect(scene.classAfter(undefined)).toBe(0);
    expect(scene.classAfter(0)).toBe(3);
    // The points of class 5 are hidden.
    expect(scene.classAfter(3)).toBeUndefined();
    expect(scene.after.medians).toHaveLength(12);
  });

  it('selects by a mask, but never what is hidden', () => {
    const { scene } = open();
    scene.select(Uint8Array.of(0, 1, 0, 1));
    expect([...scene.state]).toEqual([0, 1, 0, 2]);
    expect(scene.hasSelection).toBe(true);
    scene.select(undefined);
    expect(scene.hasSelection).toBe(false);
  });

  it('refuses other points where the same should move', () => {
    const { scene } = open();
    expect(() => scene.moveTo(new Float32Array(3), new Float32Array(3), 0, 0)).toThrow(
      'each of 4 points, got 3 and 3',
    );
  });
});
