import { describe, expect, it } from 'vitest';
import { createView } from './view.ts';

const square = (half: number) => ({ left: -half, right: half, bottom: -half, top: half });

function open() {
  const view = createView();
  view.resize({ width: 500, height: 500 });
  view.setBounds(square(1), 0, 0);
  return view;
}

describe('a view', () => {
  it('goes after the points until somebody takes it', () => {
    const view = open();
    const before = view.camera.scale;
    view.setBounds(square(2), 0, 0);
    expect(view.camera.scale).toBeCloseTo(before / 2, 9);
    view.take({ x: 0.5, y: 0, scale: 300 });
    view.setBounds(square(4), 0, 0);
    expect(view.camera).toEqual({ x: 0.5, y: 0, scale: 300 });
    expect(view.isFollowing).toBe(false);
    view.fit(0, 0);
    expect(view.camera).toEqual(view.home);
    expect(view.isFollowing).toBe(true);
  });

  it('glides home with the map, and stands there', () => {
    const view = open();
    const { scale } = view.camera;
    view.setBounds(square(4), 1000, 0.4);
    expect(view.camera.scale).toBe(scale);
    view.advance(1200);
    expect(view.camera.scale).toBeCloseTo(scale / 2, 9);
    view.advance(1400);
    expect(view.camera).toEqual(view.home);
    expect(view.isGliding).toBe(false);
  });

  it('does not tremble while a map settles', () => {
    const view = open();
    const { camera } = view;
    view.setBounds(square(1.03), 0, 0.1);
    expect(view.isGliding).toBe(false);
    expect(view.camera).toBe(camera);
  });

  it('keeps what was seen when it is resized', () => {
    const view = open();
    view.take({ x: 0.2, y: 0.1, scale: 2 * view.home.scale });
    view.resize({ width: 250, height: 250 });
    expect(view.camera).toEqual({ x: 0.2, y: 0.1, scale: 2 * view.home.scale });
  });

  it('holds a hand to its limits', () => {
    const view = open();
    view.take({ x: 99, y: 0, scale: 1e-9 });
    expect(view.camera.x).toBe(2);
    expect(view.camera.scale).toBeCloseTo(view.home.scale / 3, 9);
  });
});
