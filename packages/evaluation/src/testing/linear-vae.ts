import { createRandom, type ImageSet, type NamedArrays, Stream } from '@latentkit/core';
import { createModel, type ModelSpec } from '@latentkit/models';

const SIGMA = 0.5;
const PIXELS = 6;
const LATENT = 3;
/** Columns at right angles, so that the posterior's covariance is diagonal; the last says nothing: rank 2. */
const W = [
  [0.9, 0.9, 0.9, 0.9, 0, 0],
  [0.4, -0.4, 0.4, -0.4, 0, 0],
  [0, 0, 0, 0, 0, 0],
];
const BIAS = [0.1, -0.2, 0.3, 0, 0.5, -0.4];

export const LINEAR_SPEC: ModelSpec = {
  kind: 'vae',
  image: { height: 2, width: 3, channels: 1 },
  latentDim: LATENT,
  encoder: { type: 'mlp', hidden: [], activation: 'relu' },
  decoder: { type: 'mlp', hidden: [], activation: 'relu' },
  likelihood: { type: 'gaussian', output: 'linear', sigma: SIGMA },
};

/** How far the variational posterior is from the true one. */
export interface Miss {
  /** Added to the mean of each dimension. */
  mean?: number;
  /** Added to the logarithm of each variance. */
  logVar?: number;
}

/**
 * Probabilistic PCA as a VAE: `x = W z + b + noise`, so `p(x) = N(b, W W' + sigma^2 I)` and, as W's columns are at right angles,
 * `p(z | x) = N(W'(x - b) v / sigma^2, v)` with `v_j = 1 / (1 + |w_j|^2 / sigma^2)`.
 *
 * @see Tipping & Bishop: "Probabilistic principal component analysis" (1999)
 */
export function linearVae({ mean = 0, logVar = 0 }: Miss = {}): { spec: ModelSpec; weights: NamedArrays } {
  const norms = W.map((column) => column.reduce((sum, w) => sum + w * w, 0));
  const variances = norms.map((norm) => 1 / (1 + norm / SIGMA ** 2));
  const slope = (j: number, d: number) => (W[j]![d]! * variances[j]!) / SIGMA ** 2;
  const numbers: Record<string, number[]> = {
    'decoder.output.kernel': W.flat(),
    'decoder.output.bias': BIAS,
    'encoder.mean.kernel': BIAS.flatMap((_, d) => W.map((__, j) => slope(j, d))),
    'encoder.mean.bias': W.map((_, j) => mean - BIAS.reduce((sum, b, d) => sum + slope(j, d) * b, 0)),
    'encoder.logVar.bias': variances.map((v) => Math.log(v) + logVar),
  };
  const weights = Object.fromEntries(
    Object.entries(createModel(LINEAR_SPEC).initialize(0)).map(([name, { shape, data }]) => [
      name,
      { shape, data: Float32Array.from(numbers[name] ?? new Array(data.length).fill(0)) },
    ]),
  );
  return { spec: LINEAR_SPEC, weights };
}

/** Images drawn from the model itself. */
export function linearImages(count: number): ImageSet {
  const images = new Float32Array(count * PIXELS);
  for (let i = 0; i < count; i++) {
    const random = createRandom({ seed: 5, stream: Stream.sample, index: i });
    const z = W.map(() => random.normal());
    for (let d = 0; d < PIXELS; d++) {
      const mean = BIAS[d]! + W.reduce((sum, column, j) => sum + column[d]! * z[j]!, 0);
      images[i * PIXELS + d] = mean + SIGMA * random.normal();
    }
  }
  return { shape: LINEAR_SPEC.image, count, images };
}

/**
 * `-log p(x)` of each image: by the columns' directions, in which the variance is `|w|^2 + sigma^2`, and all others, in which it
 * is `sigma^2`.
 */
export function linearNll({ count, images }: ImageSet): Float64Array {
  return Float64Array.from({ length: count }, (_, i) => {
    const x = BIAS.map((b, d) => images[i * PIXELS + d]! - b);
    let rest = x.reduce((sum, one) => sum + one * one, 0);
    let nll = 0;
    for (const column of W) {
      const norm = column.reduce((sum, w) => sum + w * w, 0);
      if (norm === 0) continue;
      const along = column.reduce((sum, w, d) => sum + w * x[d]!, 0) ** 2 / norm;
      nll += 0.5 * (along / (norm + SIGMA ** 2) + Math.log(2 * Math.PI * (norm + SIGMA ** 2)));
      rest -= along;
    }
    const others = PIXELS - W.filter((column) => column.some((w) => w !== 0)).length;
    return nll + 0.5 * (rest / SIGMA ** 2 + others * Math.log(2 * Math.PI * SIGMA ** 2));
  });
}

/** Squared error of each image and what the mean of its true posterior decodes to: what lies along a column is drawn to the middle. */
export function linearSquaredErrors({ count, images }: ImageSet): number[] {
  return Array.from({ length: count }, (_, i) => {
    const x = BIAS.map((b, d) => images[i * PIXELS + d]! - b);
    const back = W.reduce((sum, column) => {
      const norm = column.reduce((total, w) => total + w * w, 0);
      const dot = column.reduce((total, w, d) => total + w * x[d]!, 0);
      return sum.map((value, d) => value + (column[d]! * dot) / (norm + SIGMA ** 2));
    }, new Array<number>(PIXELS).fill(0));
    return x.reduce((sum, value, d) => sum + (value - back[d]!) ** 2, 0);
  });
}

/** KL of the true posteriors to the standard normal, mean over images, by dimension. */
export function linearKl({ count, images }: ImageSet): number[] {
  return W.map((column) => {
    const norm = column.reduce((sum, w) => sum + w * w, 0);
    const v = 1 / (1 + norm / SIGMA ** 2);
    let sum = 0;
    for (let i = 0; i < count; i++) {
      const dot = column.reduce((total, w, d) => total + w * (images[i * PIXELS + d]! - BIAS[d]!), 0);
      sum += 0.5 * (((dot * v) / SIGMA ** 2) ** 2 + v - 1 - Math.log(v));
    }
    return sum / count;
  });
}
