import { LatentkitError } from '@latentkit/core';
import {
  measureQuality,
  type Points,
  type ProjectionMethod,
  type ProjectionProgress,
  type Quality,
  startProjection,
} from '@latentkit/projections';

/** What `projectPoints` can make, and what each is called. */
export const projectionNames: Readonly<Record<string, string>> = {
  pca: 'PCA',
  tsne: 't-SNE',
  umap: 'UMAP',
  'tsne-js': 't-SNE (tsne-js)',
  'umap-js': 'UMAP (umap-js)',
} satisfies Record<ProjectionMethod, string>;

// Of the metrics; fewer than half of the points.
const NEIGHBORS = 12;

/** A finished map, and how good it is. */
export interface ProjectedMap {
  readonly method: ProjectionMethod;
  /** `[count, 2]`. */
  readonly embedding: Float32Array;
  /** From vectors to embedding: neighbours and start included, compiling not. */
  readonly seconds: number;
  /** Undefined for fewer than three points, of which there is nothing to measure. */
  readonly quality: Quality | undefined;
  readonly warnings: readonly string[];
}

export interface ProjectPointsOptions {
  /** Keys of {@link projectionNames}. */
  methods: readonly string[];
  seed?: number;
  /** For the label accuracy; they do not change the maps. */
  labels?: ArrayLike<number>;
  signal?: AbortSignal;
  onProgress?: (method: ProjectionMethod, progress: ProjectionProgress) => void;
  /** The clock of `seconds`, in milliseconds. */
  now?: () => number;
}

/**
 * Maps points to the plane by one method after another, and measures each map.
 *
 * @throws `E_UNKNOWN_NAME` for a method that is not there; `E_RANGE` for PCA of points with one component; what `startProjection` and `measureQuality` throw.
 * @example
 * for await (const { method, embedding, quality } of projectPoints(points, { methods: ['pca', 'tsne'] })) {
 *   console.log(method, quality.trustworthiness);
 * }
 */
export async function* projectPoints(
  points: Points,
  { methods, seed = 0, labels, signal, onProgress, now = () => performance.now() }: ProjectPointsOptions,
): AsyncGenerator<ProjectedMap, void, undefined> {
  const known = requireKnown(methods);
  if (known.includes('pca')) requirePlane(points);
  for (const method of known) {
    const projection = await startProjection(method, points, { components: 2, seed });
    const started = now();
    let embedding: Float32Array;
    try {
      embedding = await projection.run({
        signal,
        onProgress: (progress) => onProgress?.(method, progress),
      });
    } finally {
      projection.close();
    }
    const seconds = (now() - started) / 1000;
    const map: Points = { data: embedding, count: points.count, dimensions: 2 };
    const k = Math.min(NEIGHBORS, Math.ceil(points.count / 2) - 1);
    const quality = k > 0 ? await measureQuality(points, map, { labels, seed, k }) : undefined;
    yield { method, embedding, seconds, quality, warnings: projection.warnings };
  }
}

function requireKnown(methods: readonly string[]): readonly ProjectionMethod[] {
  const unknown = methods.find((method) => !Object.hasOwn(projectionNames, method));
  if (unknown === undefined) return methods as ProjectionMethod[];
  throw new LatentkitError('E_UNKNOWN_NAME', `project: there is no method '${unknown}'`, {
    fix: `Methods: ${Object.keys(projectionNames).join(', ')}`,
  });
}

function requirePlane({ count, dimensions }: Points): void {
  if (Math.min(count, dimensions) >= 2) return;
  throw new LatentkitError(
    'E_RANGE',
    `project: PCA needs two points of two dimensions at least, got [${count}, ${dimensions}]`,
    { fix: 'Leave pca out of the methods' },
  );
}
