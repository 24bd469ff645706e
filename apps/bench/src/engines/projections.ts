// An engine of `pnpm bench`: @latentkit/projections. Argument: the projections' workload.
import { createPca, createTsne, createUmap, type Points } from '@latentkit/projections';
import { type MakeMap, projectionStarts } from './read-projections.ts';
import { serveRows } from './serve-rows.ts';

const CREATE = { pca: createPca, tsne: createTsne, umap: createUmap };

/** Compiling is not timed; all that a map needs of its points is. */
const make: MakeMap = async ({ method, components, isShared }, vectors, seed) => {
  const reduced = components ? await reduce(vectors, components, seed) : { ms: 0, points: vectors };
  const threads = method === 'tsne' && !isShared ? { workers: 1 } : {};
  const projection = await CREATE[method](reduced.points, { components: 2, seed, ...threads });
  const started = performance.now();
  const embedding = await projection.run();
  return { ms: reduced.ms + performance.now() - started, embedding };
};

async function reduce(points: Points, components: number, seed: number) {
  const pca = await createPca(points, { components, seed });
  const started = performance.now();
  const data = await pca.run();
  return { ms: performance.now() - started, points: { data, count: points.count, dimensions: components } };
}

await serveRows({
  rows: projectionStarts(process.argv[2]!, 'latentkit', () => true, make),
  workers: 1,
  versions: {},
});
