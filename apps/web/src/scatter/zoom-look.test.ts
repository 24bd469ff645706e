import { describe, expect, it } from 'vitest';
import { lookAt } from './zoom-look.ts';

// Ten Gaussians of 60,000 points, some 1,800 a square unit, seen whole in 800 px.
const whole = { crowding: 12_000, evenly: 1800, scale: 120, home: 120, hasTiles: true };

describe('what is seen at a zoom', () => {
  it('is density from afar, dots nearer, tiles near', () => {
    expect(lookAt({ ...whole, crowding: 40_000 }).stage).toBe('far');
    expect(lookAt({ ...whole, scale: 240 }).stage).toBe('middle');
    expect(lookAt({ ...whole, scale: 480 }).stage).toBe('near');
  });

  it('is dots from the start where there are few', () => {
    const look = lookAt({ ...whole, crowding: 300 });
    expect(look).toMatchObject({ stage: 'middle', density: 0, tiles: 0, drawn: 1 });
    expect(look.diameter).toBeGreaterThan(4);
  });

  it('has dots of few points that are seen however tight they lie, and of many none that hide the others', () => {
    // A map of 400 px; a typical point lies as if in a heap of a thousand times as many.
    const tight = (count: number) =>
      lookAt({
        evenly: count,
        crowding: 1000 * count,
        scale: 400,
        home: 400,
        hasTiles: false,
      }).diameter;
    expect(tight(50)).toBe(7);
    expect(tight(400)).toBeCloseTo(Math.sqrt((0.08 * 400 ** 2) / (400 * (Math.PI / 4))), 9); // 8% of it, 6.4 px
    expect(tight(2000)).toBeGreaterThan(2.5);
    expect(tight(10_000)).toBe(2);
  });

  it('is dots however near without a decoder', () => {
    expect(lookAt({ ...whole, scale: 12_000, hasTiles: false })).toMatchObject({
      stage: 'middle',
      tiles: 0,
      names: 1,
    });
  });

  it('changes evenly: no step in any share on the way in', () => {
    let before = lookAt(whole);
    for (let zoom = 1; zoom < 20; zoom *= 1.01) {
      const look = lookAt({ ...whole, scale: 120 * zoom });
      for (const part of ['density', 'tiles', 'names', 'alpha', 'drawn'] as const) {
        expect(Math.abs(look[part] - before[part])).toBeLessThan(0.05);
      }
      expect(Math.abs(look.diameter - before.diameter)).toBeLessThan(0.2);
      before = look;
    }
    expect(before).toMatchObject({ density: 0, tiles: 1, names: 0, drawn: 1 });
  });

  it('lets pins cover little of the pictures', () => {
    for (const crowding of [300, 3000, 30_000]) {
      const { diameter, alpha } = lookAt({ ...whole, crowding, scale: 600 });
      const cover = (crowding / 600 ** 2) * (Math.PI / 4) * diameter ** 2;
      expect(cover * alpha).toBeLessThan(0.35);
    }
  });

  it('has numbers for no points at all', () => {
    for (const value of Object.values(lookAt({ ...whole, crowding: 0 }))) expect(value).not.toBeNaN();
  });
});
