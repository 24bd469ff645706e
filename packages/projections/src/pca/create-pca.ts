import { type Points, requirePoints } from '../points.ts';
import { fitPca } from './fit-pca.ts';
import { createGemmProducts } from './gemm-products.ts';
import type { PcaOptions, PcaProjection } from './pca-options.ts';
import { pcaProjection } from './pca-projection.ts';
import { plainProducts } from './plain-products.ts';
import { planPca } from './plan-pca.ts';

/**
 * Projects points on the directions of their largest variance: codes are `(x - mean) V^T` for the rows of V, the
 * eigenvectors of `sum (x - mean)(x - mean)^T / (count - 1)` with the largest eigenvalues.
 *
 * A direction's number that is largest by magnitude (the first of equals) is positive, so that signs are not a matter of
 * chance. Points that are all equal have codes of 0, variances and shares of 0, and directions that are still orthonormal.
 * Products of many numbers are summed in float32 by hundreds (WebAssembly), then in float64: directions whose variance
 * is below a millionth of the largest are then not told apart; variances below 1e-12 of the largest count as 0.
 *
 * @param points `[count, dimensions]`, which must stay as they are until the end.
 * @throws `E_SHAPE`, `E_NOT_FINITE` for bad points; `E_RANGE` for more components than `min(count, dimensions)` and for
 * options outside their ranges; `E_LIMIT` beyond `memoryBudget`.
 * @example
 * const pca = await createPca({ data, count: 1000, dimensions: 64 }, { components: 2 });
 * const codes = await pca.run(); // [1000, 2]
 * pca.explainedVarianceRatio; // e.g. [0.31, 0.12]
 * @see Pearson: "On lines and planes of closest fit to systems of points in space" (1901)
 */
export async function createPca(points: Points, options: PcaOptions = {}): Promise<PcaProjection> {
  requirePoints(points, 'createPca');
  const { findDirections, ...settings } = planPca(points, options);
  const { components, seed, precision } = settings;
  const products = precision === 'float64' ? plainProducts : await createGemmProducts();
  const { count, dimensions } = points;
  return pcaProjection(
    { count, dimensions, ...settings },
    fitPca(points, { components, seed, findDirections }, products),
    products,
  );
}
