import { portableSin, type Random } from '@latentkit/core';

const TAU = 6.283185307179586;
const WAVES = 2;

/** Moves every point of a polyline `[x0, y0, x1, y1, ...]`, in place. */
export type Warp = (points: number[]) => void;

/**
 * A random smooth displacement of the plane, slow enough that strokes bend but do not break.
 *
 * `x += sum_k a_k sin(2 pi (u_k x + v_k y + w_k))` over 2 waves, and the same for `y` with waves of its own; `a_k` is
 * normal with standard deviation `amount / sqrt(2)`, `u_k` and `v_k` are uniform in [-0.9, 0.9] (waves per height).
 *
 * @param amount typical displacement, in units of the digit's height.
 * @example
 * const warp = elasticWarp(0.02, createRandom({ seed: 1, stream: Stream.digits }));
 * warp([0, 0, 0.5, 1]);
 */
export function elasticWarp(amount: number, random: Random): Warp {
  const waves: number[] = [];
  for (let k = 0; k < 2 * WAVES; k++) {
    waves.push(
      (amount / Math.sqrt(WAVES)) * random.normal(),
      1.8 * random.uniform() - 0.9,
      1.8 * random.uniform() - 0.9,
      random.uniform(),
    );
  }
  return (points) => {
    for (let i = 0; i < points.length; i += 2) {
      const x = points[i]!;
      const y = points[i + 1]!;
      points[i] = x + displacement(waves, 0, x, y);
      points[i + 1] = y + displacement(waves, 4 * WAVES, x, y);
    }
  };
}

function displacement(waves: readonly number[], first: number, x: number, y: number): number {
  let sum = 0;
  for (let k = first; k < first + 4 * WAVES; k += 4) {
    sum += waves[k]! * portableSin(TAU * (waves[k + 1]! * x + waves[k + 2]! * y + waves[k + 3]!));
  }
  return sum;
}
