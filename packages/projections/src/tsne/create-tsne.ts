import { createKernelMemory } from '@latentkit/kernels';
import { enableRevectorization } from '@latentkit/kernels/nn';
import { createTsneKernels } from '@latentkit/kernels/tsne';
import { createNeighborSearch } from '../neighbors/neighbor-search.ts';
import { createPca } from '../pca/create-pca.ts';
import { type Points, requirePoints } from '../points.ts';
import type { Projection } from '../projection.ts';
import { fitTsne } from './fit-tsne.ts';
import { preparePlacing } from './place-new-points.ts';
import { planTsne } from './plan-tsne.ts';
import type { TsneOptions } from './tsne-options.ts';
import { optimizationBytes, settingsOf, type TsnePlan } from './tsne-parts.ts';
import { tsneProjection } from './tsne-projection.ts';

/**
 * Maps points to two dimensions so that near ones stay near: t-SNE by Barnes and Hut's method.
 *
 * Places y minimize `KL(P || Q) = sum_ij p_ij log(p_ij / q_ij)` with `q_ij` proportional to `1 / (1 + |y_i - y_j|^2)`
 * and `p_ij = (p_(j|i) + p_(i|j)) / (2 count)`; `p_(j|i)` is proportional to `exp(-beta_i d_ij^2)` over the `3
 * perplexity` nearest neighbours of i and 0 for others, with the `beta_i` that gives the row the perplexity.
 * `progress.objective` is the divergence, computed every 50 iterations and at the end.
 *
 * Cells of the quadtree count by the mean and the variance of their points' places; at `theta` 0.5 forces are 0.5 %
 * from exact ones on MNIST. The result has the same bits on every machine.
 *
 * `transform` places each new point where its attraction to its neighbours among the points, and their repulsion, are
 * in balance, and moves nothing else.
 *
 * @param points `[count, dimensions]`; copied.
 * @throws `E_SHAPE`, `E_NOT_FINITE` for bad points; `E_RANGE`, `E_UNKNOWN_NAME` for bad options; `E_LIMIT` beyond
 * `memoryBudget`. A learning rate far too large ends in `E_NOT_FINITE`.
 * @example
 * const tsne = await createTsne({ data, count: 1000, dimensions: 64 }, { perplexity: 30 });
 * const map = await tsne.run(); // [1000, 2]
 * tsne.progress.objective; // e.g. 1.2
 * @see van der Maaten and Hinton: "Visualizing data using t-SNE" (2008); van der Maaten: "Accelerating t-SNE using
 * tree-based algorithms" (2014)
 */
export async function createTsne(points: Points, options: TsneOptions = {}): Promise<Projection> {
  requirePoints(points, 'createTsne');
  const plan = planTsne(points, options);
  const own = { ...points, data: points.data.slice() };
  enableRevectorization();
  const { count, k, workers } = plan;
  const memory = createKernelMemory({
    maxBytes: Math.min(optimizationBytes(count, k, workers), 2 ** 32),
    shared: workers > 1,
  });
  const [tsne, search, pca, placeNewPoints] = await Promise.all([
    createTsneKernels(memory),
    plan.k > 0 ? createNeighborSearch(own, searchOptions(plan)) : undefined,
    startsWithPca(plan) ? createPca(own, pcaOptions(plan)) : undefined,
    preparePlacing(own, plan),
  ]);
  const fit = fitTsne({ memory, tsne, search, pca }, plan);
  const warnings = [...new Set([...plan.warnings, ...(pca?.warnings ?? [])])];
  return tsneProjection(own, settingsOf({ ...plan, warnings }), fit, placeNewPoints);
}

const startsWithPca = ({ init, count }: TsnePlan) => init === 'pca' && count > 1;

const searchOptions = ({ k, metric, seed, memoryBudget }: TsnePlan) => ({
  ...{ k, metric, seed },
  memoryBudget,
});

const pcaOptions = ({ dimensions, seed, memoryBudget }: TsnePlan) => ({
  components: Math.min(2, dimensions),
  seed,
  memoryBudget,
});
