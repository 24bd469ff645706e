// An engine of `pnpm bench`: umap-js or tsne-js as they are published. Arguments: the projections' workload, which one.
import { installedVersion } from './installed-version.ts';
import { type MakeMap, projectionStarts, type Vectors } from './read-projections.ts';
import { serveRows } from './serve-rows.ts';

const rowsOf = ({ data, count, dimensions }: Vectors): number[][] =>
  Array.from({ length: count }, (_, i) => [...data.subarray(i * dimensions, (i + 1) * dimensions)]);

/** Draws that depend on the seed alone (a linear congruential generator), for libraries that would draw their own. */
function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 4294967296;
  };
}

/** What is used of the libraries here; not all of them bring types. */
interface Peers {
  UMAP: new (options: { random: () => number }) => { fit(rows: number[][]): number[][] };
  /** tsne-js. */
  default: new (
    options: Record<string, unknown>,
  ) => {
    init(input: { data: number[][]; type: 'dense' }): void;
    run(): void;
    getOutput(): number[][];
  };
}

type Make = (library: Peers, rows: number[][], seed: number) => number[][];

const umap: Make = ({ UMAP }, rows, seed) => new UMAP({ random: seededRandom(seed + 1) }).fit(rows);

const tsne: Make = ({ default: TSNE }, rows, seed) => {
  const { random } = Math;
  Math.random = seededRandom(seed + 1); // it draws from nowhere else
  try {
    const rates = { perplexity: 30, earlyExaggeration: 4, learningRate: 100, nIter: 1000 };
    const model = new TSNE({ dim: 2, metric: 'euclidean', ...rates });
    model.init({ data: rows, type: 'dense' });
    model.run();
    return model.getOutput();
  } finally {
    Math.random = random;
  }
};

const PEERS: Record<string, { make: Make; does: Parameters<typeof projectionStarts>[2] }> = {
  'umap-js': { make: umap, does: ({ method, points }) => method === 'umap' && points <= 10_000 },
  'tsne-js': { make: tsne, does: ({ method, points }) => method === 'tsne' && points <= 200 },
};
const [path, engine] = process.argv.slice(2) as [string, string];
const { make, does } = PEERS[engine]!;
const library = (await import(engine)) as Peers;
const makeMap: MakeMap = async (_, vectors, seed) => {
  const rows = rowsOf(vectors);
  const started = performance.now();
  const embedding = make(library, rows, seed).flat();
  return { ms: performance.now() - started, embedding };
};
await serveRows({
  rows: projectionStarts(path, engine, does, makeMap),
  workers: 1,
  versions: { [engine]: installedVersion(engine) },
});
