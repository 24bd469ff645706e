// An engine of `latentkit bench`: umap-js or tsne-js as they are published. Arguments: the projections' workload, which one.
import { installedVersion } from './installed-version.ts';
import { type MakeMap, projectionStarts, type Vectors } from './read-projections.ts';
import { serveRows } from './serve-rows.ts';

const rowsOf = ({ data, dimensions }: Vectors, count: number): number[][] =>
  Array.from({ length: count }, (_, i) => [...data.subarray(i * dimensions, (i + 1) * dimensions)]);

/** Draws that depend on the seed alone (a linear congruential generator), for libraries that would draw their own. */
function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 4294967296;
  };
}

const umap: MakeMap = async (_, vectors, seed) => {
  const { UMAP } = await import('umap-js');
  const rows = rowsOf(vectors, vectors.count);
  const started = performance.now();
  const embedding = new UMAP({ random: seededRandom(seed + 1) }).fit(rows).flat();
  return { ms: performance.now() - started, embedding };
};

const tsne: MakeMap = async (_, vectors, seed) => {
  const { default: TSNE } = await import('tsne-js');
  const rows = rowsOf(vectors, vectors.count);
  const { random } = Math;
  Math.random = seededRandom(seed + 1); // it draws from nowhere else
  try {
    const started = performance.now();
    const model = new TSNE({
      dim: 2,
      perplexity: 30,
      earlyExaggeration: 4,
      learningRate: 100,
      nIter: 1000,
      metric: 'euclidean',
    });
    model.init({ data: rows, type: 'dense' });
    model.run();
    return { ms: performance.now() - started, embedding: model.getOutput().flat() };
  } finally {
    Math.random = random;
  }
};

const PEERS: Record<string, { make: MakeMap; does: Parameters<typeof projectionStarts>[2] }> = {
  'umap-js': { make: umap, does: ({ method }) => method === 'umap' },
  'tsne-js': { make: tsne, does: ({ method, points }) => method === 'tsne' && points <= 200 },
};
const [path, engine] = process.argv.slice(2) as [string, string];
const { make, does } = PEERS[engine]!;
await import(engine); // says so at once where it is not installed
await serveRows({
  rows: projectionStarts(path, engine, does, make),
  workers: 1,
  versions: { [engine]: installedVersion(engine) },
});
