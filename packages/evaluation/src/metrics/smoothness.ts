import { createRandom, Stream } from '@latentkit/core';
import { meanOf } from '../mean-of.ts';
import type { Metric, MetricRow } from './metric.ts';

const PAIRS = 200;
const STEPS = 10;

/**
 * How evenly images change between two codes: of lines between pairs of mean codes, in `T` steps,
 * `T sum_t |x_t+1 - x_t|^2 / |x_T - x_0|^2`: 1 for a straight line at an even pace, more for detours and jumps.
 */
export const smoothness: Metric = {
  ...{
    name: 'smoothness',
    title: 'Unevenness of paths',
    needs: ['unconditional', 'several'],
    byDefault: false,
  },
  async measure(subject, options) {
    const { mean } = await subject.codes(options);
    const { latentDim: size } = subject.model;
    const random = createRandom({ seed: subject.seed, stream: Stream.quality });
    const ratios: number[] = [];
    for (let pair = 0; pair < PAIRS; pair++) {
      const [from, to] = [random.integer(subject.set.count), random.integer(subject.set.count)];
      if (from === to) continue;
      const line = new Float32Array((STEPS + 1) * size);
      for (let t = 0; t <= STEPS; t++) {
        for (let d = 0; d < size; d++) {
          const [a, b] = [mean[from * size + d]!, mean[to * size + d]!];
          line[t * size + d] = a + ((b - a) * t) / STEPS;
        }
      }
      const images = await subject.decode(line);
      options.signal?.throwIfAborted();
      options.onProgress?.((pair + 1) / PAIRS);
      const numbers = images.length / (STEPS + 1);
      const between = (t: number, u: number) => squaredDistance(images, t * numbers, u * numbers, numbers);
      const whole = between(0, STEPS);
      if (whole === 0) continue;
      let sum = 0;
      for (let t = 0; t < STEPS; t++) sum += between(t, t + 1);
      ratios.push((STEPS * sum) / whole);
    }
    return [
      {
        ...{ name: 'smoothness', title: this.title, unit: '', better: 'lower', ...meanOf(ratios) },
        convention: `squared steps along lines between ${ratios.length} pairs of mean codes, in ${STEPS} steps; 1 is a straight and even path of images`,
      },
    ] satisfies MetricRow[];
  },
};

function squaredDistance(images: Float32Array, first: number, second: number, numbers: number): number {
  let sum = 0;
  for (let i = 0; i < numbers; i++) sum += (images[first + i]! - images[second + i]!) ** 2;
  return sum;
}
