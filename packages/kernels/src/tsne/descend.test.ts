import { afterEach, describe, expect, it } from 'vitest';
import { randomNumbers } from '../testing/random-numbers.ts';
import { createTsneBench } from '../testing/tsne-bench.ts';

const bench = await createTsneBench();
afterEach(() => bench.clear());

const f = Math.fround;

describe.each([1, 2, 3, 4, 5, 17])('a step of %d points', (count) => {
  const numbers = 2 * count;
  // Two numbers more where a vector of four is not full.
  const padded = (index: number) => {
    const values = new Float32Array(4 * Math.ceil(numbers / 4));
    values.set(randomNumbers(numbers, index));
    return values;
  };

  it('moves each coordinate by its gain and momentum, rounded after each operation', () => {
    const [places, velocities, attraction, repulsion] = [0, 1, 2, 3].map(padded) as Float32Array[];
    const gains = padded(4).map(Math.abs);
    const state = {
      places: bench.put(places!),
      velocities: bench.put(velocities!),
      gains: bench.put(gains),
      attraction: bench.put(attraction!),
      repulsion: bench.put(repulsion!),
    };
    bench.tsne.descend(state, count, { exaggeration: 12, inverseZ: 0.3, momentum: 0.8, rate: 7 });
    const moved = {
      places: bench.take(state.places, places!.length),
      velocities: bench.take(state.velocities, places!.length),
      gains: bench.take(state.gains, places!.length),
    };
    for (let i = 0; i < numbers; i++) {
      const g = f(f(attraction![i]! * 12) - f(repulsion![i]! * f(0.3)));
      const grows = f(velocities![i]! * g) < 0;
      const gain = Math.max(f(0.01), grows ? f(gains[i]! + f(0.2)) : f(gains[i]! * f(0.8)));
      const velocity = f(f(velocities![i]! * f(0.8)) - f(f(gain * g) * 7));
      expect(moved.gains[i]).toBe(gain);
      expect(moved.velocities[i]).toBe(velocity);
      expect(moved.places[i]).toBe(f(places![i]! + velocity));
    }
  });

  it('is followed by a mean of 0', () => {
    const places = randomNumbers(numbers);
    const at = bench.put(places);
    expect(Number.isFinite(bench.tsne.center(at, count))).toBe(true);
    const centred = bench.take(at, numbers);
    for (const axis of [0, 1]) {
      const mean = places.filter((_, i) => i % 2 === axis).reduce((a, b) => a + b, 0) / count;
      for (let i = axis; i < numbers; i += 2) expect(centred[i]).toBeCloseTo(places[i]! - mean, 4);
    }
  });
});

it('says when a place is no number', () => {
  for (const bad of [Number.NaN, Number.POSITIVE_INFINITY]) {
    const places = Float32Array.of(1, 2, 3, bad, 4, 5);
    expect(Number.isFinite(bench.tsne.center(bench.put(places), 3))).toBe(false);
  }
});
