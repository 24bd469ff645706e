import type { Factors } from '@latentkit/core';
import { atLeast, checkOptions, type OptionRules } from '@latentkit/core/options';
import { factorColumns } from './factors.ts';
import { standardize, standardizedColumns, type Vectors } from './points.ts';

export interface DisentanglementOptions {
  /** Penalty on the sum of absolute weights, of factors and codes with variance 1; 0.01 by default. */
  alpha?: number;
}

/** Scores from 0 to 1. */
export interface Disentanglement {
  /** Does a dimension know one factor alone? */
  readonly disentanglement: number;
  /** Is a factor in one dimension alone? */
  readonly completeness: number;
  /** How well a line tells the factors: the mean of their R^2. */
  readonly informativeness: number;
  /** Absolute weights, `[dimensions, factors]`. */
  readonly importance: readonly (readonly number[])[];
  readonly names: readonly string[];
}

const RULES: OptionRules<DisentanglementOptions> = { alpha: atLeast(0, { finite: true }) };

/**
 * Disentanglement, completeness and informativeness of codes: importances `R` are the absolute weights of a lasso that tells each factor
 * from all dimensions. `D = sum_j rho_j (1 - H_K(R_j.))`, `C` the same of columns, without weights.
 *
 * @throws `E_SHAPE` for factors of another number of examples; `E_RANGE` where none varies, or for an alpha below 0; `E_NOT_FINITE`.
 * @see Eastwood & Williams: "A framework for the quantitative evaluation of disentangled representations" (2018), section 2
 * @example
 * const { disentanglement, completeness } = measureDisentanglement({ data: mean, count, dimensions: 10 }, set.factors);
 */
export function measureDisentanglement(
  codes: Vectors,
  factors: Factors,
  options: DisentanglementOptions = {},
): Disentanglement {
  const columns = factorColumns('measureDisentanglement', codes, factors);
  checkOptions('measureDisentanglement', options, RULES);
  const { alpha = 0.01 } = options;
  const inputs = standardizedColumns(codes);
  const fits = columns.map(({ values }) => lasso(inputs, standardize(values), alpha));
  const importance = inputs.map((_, j) => fits.map(({ weights }) => Math.abs(weights[j]!)));
  const total = importance.flat().reduce((sum, one) => sum + one, 0);
  const disentanglement = importance.reduce((sum, row) => {
    const share = row.reduce((a, b) => a + b, 0) / (total || 1);
    return sum + share * concentration(row);
  }, 0);
  const ofFactors = fits.map(({ weights }) => concentration(Array.from(weights, Math.abs)));
  return {
    disentanglement,
    completeness: meanOf(ofFactors),
    informativeness: meanOf(fits.map(({ explained }) => explained)),
    ...{ importance, names: columns.map(({ name }) => name) },
  };
}

const meanOf = (values: readonly number[]) => values.reduce((sum, one) => sum + one, 0) / values.length;

/** 1 where all lies in one place, 0 where it is spread evenly, or where there is nothing. */
function concentration(amounts: readonly number[]): number {
  const sum = amounts.reduce((total, one) => total + one, 0);
  if (sum === 0) return 0;
  if (amounts.length === 1) return 1;
  const entropy = amounts.reduce(
    (total, one) => (one > 0 ? total - (one / sum) * Math.log(one / sum) : total),
    0,
  );
  return Math.max(0, 1 - entropy / Math.log(amounts.length)); // a rounding below, where all are one
}

const MOST_SWEEPS = 1000;
const SETTLED = 1e-9;

/** Minimises `|y - X w|^2 / (2 n) + alpha |w|_1` coordinate by coordinate; columns have variance 1, or are 0. */
function lasso(
  columns: readonly Float64Array[],
  target: Float64Array,
  alpha: number,
): { weights: Float64Array; explained: number } {
  const count = target.length;
  const weights = new Float64Array(columns.length);
  const rest = target.slice();
  for (let sweep = 0; sweep < MOST_SWEEPS; sweep++) {
    let moved = 0;
    for (const [j, column] of columns.entries()) {
      const before = weights[j]!;
      const along =
        column.reduce((sum, x, i) => sum + x * rest[i]!, 0) / count + before * (isZero(column) ? 0 : 1);
      const after = Math.sign(along) * Math.max(0, Math.abs(along) - alpha);
      if (after === before) continue;
      for (let i = 0; i < count; i++) rest[i]! -= (after - before) * column[i]!;
      weights[j] = after;
      moved = Math.max(moved, Math.abs(after - before));
    }
    if (moved < SETTLED) break;
  }
  return { weights, explained: 1 - rest.reduce((sum, one) => sum + one * one, 0) / count };
}

const isZero = (column: Float64Array) => column[0] === 0 && column.every((one) => one === 0);
