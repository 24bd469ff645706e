import { normalRows, Stream } from '@latentkit/core';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { expectClose } from './expect-close.ts';

/** A prior of one latent dimension, to hold against the contract of {@link describePrior}. */
export interface PriorRow {
  /** Under fixed parameters; made anew for each use. */
  density(): {
    logDensity(z: tf.Tensor): tf.Tensor;
    kl?(q: { mean: tf.Tensor; logVar: tf.Tensor }): tf.Tensor;
  };
  /** Codes `[count, 1]`. */
  sample(count: number): Float32Array;
}

const POINTS = 4001;
const WIDTH = 24; // of the line on which densities are integrated, around 0

/**
 * The contract of a prior: its density integrates to one and has its slope as gradient; its samples have the density's
 * moments; where there is a closed-form KL, it is the integral.
 *
 * Import a tfjs backend beside it.
 */
export function describePrior(name: string, row: PriorRow): void {
  const step = WIDTH / (POINTS - 1);
  const line = Float32Array.from({ length: POINTS }, (_, i) => -WIDTH / 2 + i * step);
  const asCodes = (numbers: Float32Array) => tf.tensor3d(numbers, [1, numbers.length, 1]);
  /** The integral of `term(z)` over the line; trapezoids are exact enough where the ends vanish. */
  const integrate = (term: (z: number, i: number) => number) =>
    line.reduce((total, z, i) => total + step * term(z, i), 0);
  const logDensities = () => tf.tidy(() => row.density().logDensity(asCodes(line)).dataSync());

  describe(name, () => {
    it('integrates to one', () => {
      const logs = logDensities();
      expectClose([integrate((_, i) => Math.exp(logs[i]!))], [1], { relative: 1e-4 });
    });

    it("has the density's slope as its gradient", () => {
      const points = normalRows(9, 1, { seed: 1, stream: Stream.sample });
      const gradient = tf
        .grad((z) => row.density().logDensity(z))(asCodes(points))
        .dataSync();
      const at = (offset: number) =>
        row
          .density()
          .logDensity(asCodes(points.map((z) => z + offset)))
          .dataSync();
      const [above, below] = [at(0.01), at(-0.01)];
      const slopes = Array.from(points, (_, i) => (above[i]! - below[i]!) / 0.02);
      expectClose(gradient, slopes, { absolute: 2e-3 });
    });

    it("has samples of the density's mean and variance, each by its place alone", () => {
      const logs = logDensities();
      const mean = integrate((z, i) => z * Math.exp(logs[i]!));
      const variance = integrate((z, i) => (z - mean) ** 2 * Math.exp(logs[i]!));
      const count = 20_000;
      const samples = row.sample(count);
      const average = samples.reduce((total, z) => total + z, 0) / count;
      const spread = samples.reduce((total, z) => total + (z - average) ** 2, 0) / count;
      // Five standard errors of a normal distribution's.
      expectClose([average], [mean], { relative: 0, absolute: 5 * Math.sqrt(variance / count) });
      expectClose([spread], [variance], { relative: 5 * Math.sqrt(2 / count) });
      expect(row.sample(7)).toEqual(samples.subarray(0, 7));
    });

    it('has the integral as its KL, where that is closed', () => {
      const { kl } = row.density();
      if (!kl) return expect(row.density()).not.toHaveProperty('klPerDimension');
      const logs = logDensities();
      const logQ = (z: number) => -0.5 * (Math.log(2 * Math.PI) - 1 + (z - 0.5) ** 2 / Math.exp(-1));
      const expected = integrate((z, i) => Math.exp(logQ(z)) * (logQ(z) - logs[i]!));
      expectClose(kl({ mean: tf.tensor2d([[0.5]]), logVar: tf.tensor2d([[-1]]) }).dataSync(), [expected], {
        relative: 1e-4,
      });
    });
  });
}
