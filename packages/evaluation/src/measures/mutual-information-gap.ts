import type { Factors } from '@latentkit/core';
import { checkOptions, type OptionRules, whole } from '@latentkit/core/options';
import { type FactorColumn, factorColumns } from './factors.ts';
import { columnOf, type Vectors } from './points.ts';

export interface MutualInformationGapOptions {
  /** Bins of equal width that a code's dimension is cut into; 20 by default. */
  bins?: number;
}

const RULES: OptionRules<MutualInformationGapOptions> = { bins: whole(2) };

/** A score, and that of each factor that varies. */
export interface FactorScore {
  readonly value: number;
  /** By the factors' names. */
  readonly parts: Readonly<Record<string, number>>;
}

/**
 * Mutual information gap: the mean over factors of `(I(z_1; v) - I(z_2; v)) / H(v)`, where `z_1` and `z_2` are the two dimensions
 * that tell most of factor `v`. 1 where each factor is one dimension's alone, 0 where two know as much.
 *
 * @param codes means, or samples, of examples.
 * @throws `E_SHAPE` for factors of another number of examples; `E_RANGE` where none varies; `E_NOT_FINITE`.
 * @see Chen et al.: "Isolating sources of disentanglement in variational autoencoders" (2018), equation 6
 * @example
 * mutualInformationGap({ data: mean, count, dimensions: 10 }, set.factors).value;
 */
export function mutualInformationGap(
  codes: Vectors,
  factors: Factors,
  options: MutualInformationGapOptions = {},
): FactorScore {
  const columns = factorColumns('mutualInformationGap', codes, factors);
  checkOptions('mutualInformationGap', options, RULES);
  const { bins = 20 } = options;
  const dimensions = Array.from({ length: codes.dimensions }, (_, j) => binned(columnOf(codes, j), bins));
  const parts = columns.map((factor) => {
    const known = dimensions
      .map((one) => mutualInformation(one, bins, factor.groups, factor.size))
      .sort((a, b) => b - a);
    return (known[0]! - (known[1] ?? 0)) / entropy(factor);
  });
  return meanScore(columns, parts);
}

/** The mean of the factors' scores. */
export function meanScore(columns: readonly FactorColumn[], scores: readonly number[]): FactorScore {
  return {
    value: scores.reduce((sum, score) => sum + score, 0) / scores.length,
    parts: Object.fromEntries(columns.map(({ name }, i) => [name, scores[i]!])),
  };
}

/** Bins of equal width from the least to the most; the most lies in the last one. */
function binned(values: Float64Array, bins: number): Int32Array {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  if (most === least) return new Int32Array(values.length);
  return Int32Array.from(values, (value) =>
    Math.min(bins - 1, Math.floor(((value - least) / (most - least)) * bins)),
  );
}

/** Of two columns of whole numbers, in nats. */
function mutualInformation(a: Int32Array, sizeA: number, b: Int32Array, sizeB: number): number {
  const joint = new Float64Array(sizeA * sizeB);
  const [ofA, ofB] = [new Float64Array(sizeA), new Float64Array(sizeB)];
  for (let i = 0; i < a.length; i++) {
    joint[a[i]! * sizeB + b[i]!]! += 1;
    ofA[a[i]!]! += 1;
    ofB[b[i]!]! += 1;
  }
  let sum = 0;
  joint.forEach((times, at) => {
    if (times === 0) return;
    sum += times * Math.log((times * a.length) / (ofA[Math.floor(at / sizeB)]! * ofB[at % sizeB]!));
  });
  return sum / a.length;
}

function entropy({ groups, size }: FactorColumn): number {
  return mutualInformation(groups, size, groups, size);
}
