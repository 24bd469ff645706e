import { describe, expect, it } from 'vitest';
import {
  fitCamera,
  limitCamera,
  mixCameras,
  panBy,
  pinch,
  toData,
  toPixel,
  visibleBounds,
  zoomAt,
} from './camera.ts';

const size = { width: 400, height: 300 };
const camera = { x: 2, y: -1, scale: 50 };

describe('a camera', () => {
  it('has its data in the middle of the view, with y upwards', () => {
    expect(toPixel(camera, size, 2, -1)).toEqual([200, 150]);
    expect(toPixel(camera, size, 3, 0)).toEqual([250, 100]);
  });

  it('finds the data of a pixel that it put there', () => {
    expect(toData(camera, size, toPixel(camera, size, 0.25, 1.5))).toEqual([0.25, 1.5]);
  });

  it('shows all of some bounds, as large as they fit within a margin', () => {
    const fitted = fitCamera({ left: -4, right: 4, bottom: -1, top: 1 }, size, 0.1);
    // 400 px less 30 at each side, across 8 units.
    expect(fitted).toEqual({ x: 0, y: 0, scale: 340 / 8 });
  });

  it('looks at a single point as if it were a unit wide', () => {
    expect(fitCamera({ left: 3, right: 3, bottom: 5, top: 5 }, size, 0)).toEqual({ x: 3, y: 5, scale: 300 });
  });

  it('zooms with the data under the pointer staying there', () => {
    const pixel = [30, 270] as const;
    const before = toData(camera, size, pixel);
    const zoomed = zoomAt(camera, size, pixel, 3);
    expect(zoomed.scale).toBe(150);
    const after = toData(zoomed, size, pixel);
    expect(after[0]).toBeCloseTo(before[0], 12);
    expect(after[1]).toBeCloseTo(before[1], 12);
  });

  it('drags the map along with the pointer', () => {
    const dragged = panBy(camera, 25, -50);
    expect(toPixel(dragged, size, 2, -1)).toEqual([225, 100]);
  });

  it('keeps between two fingers what lay between them', () => {
    const from = [
      [100, 100],
      [140, 100],
    ] as const;
    const to = [
      [110, 150],
      [230, 150],
    ] as const;
    const pinched = pinch(camera, size, from, to);
    expect(pinched.scale).toBeCloseTo(150, 12);
    const [px, py] = toPixel(pinched, size, ...toData(camera, size, [120, 100]));
    expect(px).toBeCloseTo(170, 9);
    expect(py).toBeCloseTo(150, 9);
  });

  it('stays over the points, and within limits of zoom', () => {
    const bounds = { left: -1, right: 1, bottom: -1, top: 1 };
    const home = { x: 0, y: 0, scale: 100 };
    expect(limitCamera({ x: 9, y: -9, scale: 1 }, home, bounds)).toEqual({
      x: 2,
      y: -2,
      scale: 100 * (1 / 3),
    });
    expect(limitCamera({ x: 0, y: 0, scale: 1e9 }, home, bounds).scale).toBe(51_200);
  });

  it('glides by equal factors of zoom', () => {
    const far = { x: 0, y: 0, scale: 10 };
    const near = { x: 4, y: 0, scale: 1000 };
    expect(mixCameras(far, near, 0.5)).toEqual({ x: 2, y: 0, scale: 100 });
    expect(mixCameras(far, near, 1)).toBe(near);
  });

  it('knows what it shows', () => {
    expect(visibleBounds(camera, size)).toEqual({ left: -2, right: 6, bottom: -4, top: 2 });
  });
});
