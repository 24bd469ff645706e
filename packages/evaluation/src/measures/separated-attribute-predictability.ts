import type { Factors } from '@latentkit/core';
import { factorColumns } from './factors.ts';
import { type FactorScore, meanScore } from './mutual-information-gap.ts';
import { standardize, standardizedColumns, type Vectors } from './points.ts';

/**
 * Separated attribute predictability: the mean over factors of the gap between the two dimensions that best predict it, by the
 * `R^2 = cov(z, v)^2 / (var z var v)` of a line. Factors are taken as numbers, names of classes too.
 *
 * @throws `E_SHAPE` for factors of another number of examples; `E_RANGE` where none varies; `E_NOT_FINITE`.
 * @see Kumar et al.: "Variational inference of disentangled latent concepts from unlabeled observations" (2018), section 3
 * @example
 * separatedAttributePredictability({ data: mean, count, dimensions: 10 }, set.factors).value;
 */
export function separatedAttributePredictability(codes: Vectors, factors: Factors): FactorScore {
  const columns = factorColumns('separatedAttributePredictability', codes, factors);
  const dimensions = standardizedColumns(codes);
  const parts = columns.map(({ values }) => {
    const factor = standardize(values);
    const [best = 0, second = 0] = dimensions
      .map((one) => (one.reduce((sum, z, i) => sum + z * factor[i]!, 0) / codes.count) ** 2)
      .sort((a, b) => b - a);
    return best - second;
  });
  return meanScore(columns, parts);
}
