import { type Points, requirePoints } from '../points.ts';
import { finish } from '../work.ts';
import { fitPca } from './fit-pca.ts';
import type { PcaModel } from './pca-model.ts';
import { plainProducts } from './plain-products.ts';
import { planPca } from './plan-pca.ts';

/**
 * The model and the codes, `[count, components]`, of `createPca` at once, in plain loops in float64: for points of few
 * dimensions, such as latent codes.
 *
 * @throws as `createPca` does.
 * @example
 * const { codes, explainedVarianceRatio } = principalComponents({ data, count: 500, dimensions: 16 }, 2);
 */
export function principalComponents(points: Points, components: number): PcaModel & { codes: Float32Array } {
  requirePoints(points, 'principalComponents');
  const plan = planPca(points, { components });
  const { model, codes } = finish(fitPca(points, plan, plainProducts));
  return { ...model, codes };
}
