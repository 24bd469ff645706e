import { LatentkitError } from '@latentkit/core';
import {
  anything,
  checkOptions,
  checkValue,
  functionRule,
  having,
  type OptionRules,
  seedRule,
  signalRule,
} from '@latentkit/core/options';
import {
  chooseMethods,
  type MethodRow,
  measureQuality,
  type Points,
  type ProjectionProgress,
  type Quality,
  startProjection,
} from '@latentkit/projections';

// Of the metrics; fewer than half of the points.
const NEIGHBORS = 12;

/** A finished map, and how good it is. */
export interface ProjectedMap {
  /** The method's name, as in files: `'tsne'`. */
  readonly method: string;
  /** The method's name, for people: `'t-SNE'`. */
  readonly title: string;
  /** `[count, 2]`. */
  readonly embedding: Float32Array;
  /** From vectors to embedding: neighbours and start included, compiling not. */
  readonly seconds: number;
  /** Undefined for fewer than three points, of which there is nothing to measure. */
  readonly quality: Quality | undefined;
  readonly warnings: readonly string[];
}

/** How far a map has come: made, to a share of its work, and then measured. */
export interface MapProgress {
  readonly stage: ProjectionProgress['stage'] | 'measuring';
  readonly fraction: number;
}

export interface ProjectPointsOptions {
  /** Latentkit's own by their names, or rows, as `chooseMethods` gives them. */
  methods: readonly (string | MethodRow)[];
  seed?: number;
  /** For the label accuracy; they do not change the maps. */
  labels?: ArrayLike<number>;
  signal?: AbortSignal;
  onProgress?: (method: MethodRow, progress: MapProgress) => void;
  /** Hears why a method has no map of these points, and the others go on; without it that is an error. */
  onSkip?: (method: MethodRow, reason: string) => void;
  /** The clock of `seconds`, in milliseconds. */
  now?: () => number;
}

const pointsRule = having('points, { data, count, dimensions }', { data: 'object' });

const RULES: OptionRules<ProjectPointsOptions> = {
  methods: anything,
  seed: seedRule,
  labels: anything,
  signal: signalRule,
  onProgress: functionRule,
  onSkip: functionRule,
  now: functionRule,
};

/**
 * Maps points to the plane by one method after another, and measures each map.
 *
 * @throws `E_UNKNOWN_NAME` for a method that is not there, `E_USAGE` for one twice; `E_RANGE` where none of them has a map, or one has none and nobody
 * hears of it; what `startProjection` and `measureQuality` throw.
 * @example
 * for await (const { title, embedding, quality } of projectPoints(points, { methods: ['pca', 'tsne'] })) {
 *   console.log(title, quality.trustworthiness);
 * }
 */
export async function* projectPoints(
  points: Points,
  options: ProjectPointsOptions,
): AsyncGenerator<ProjectedMap, void, undefined> {
  checkOptions('projectPoints', options, RULES);
  checkValue('projectPoints', 'points', points, pointsRule);
  const { methods, seed = 0, labels, signal, onProgress, onSkip, now = () => performance.now() } = options;
  for (const row of withMaps(methods, points, onSkip)) {
    const projection = await startProjection(row, points, { components: 2, seed } as never);
    const started = now();
    let embedding: Float32Array;
    try {
      embedding = await projection.run({ signal, onProgress: (progress) => onProgress?.(row, progress) });
    } finally {
      projection.close();
    }
    const seconds = (now() - started) / 1000;
    const map: Points = { data: embedding, count: points.count, dimensions: 2 };
    const k = Math.min(NEIGHBORS, Math.ceil(points.count / 2) - 1);
    onProgress?.(row, { stage: 'measuring', fraction: 1 });
    const quality = k > 0 ? await measureQuality(points, map, { labels, seed, k, signal }) : undefined;
    const { name: method, title } = row;
    yield { method, title, embedding, seconds, quality, warnings: projection.warnings };
  }
}

/** The rows of the methods that have maps of such points. */
function withMaps(
  methods: ProjectPointsOptions['methods'],
  { count, dimensions }: Points,
  onSkip: ProjectPointsOptions['onSkip'],
): readonly MethodRow[] {
  const rows = chooseMethods(methods);
  if (Math.min(count, dimensions) >= 2) return rows;
  const left = rows.filter(({ name }) => name !== 'pca');
  const pca = rows.find(({ name }) => name === 'pca');
  if (!pca) return rows;
  const reason = `a plane takes two points of two dimensions at least, got [${count}, ${dimensions}]`;
  if (left.length === 0 || !onSkip) {
    throw new LatentkitError('E_RANGE', `project: PCA has no map: ${reason}`, {
      fix: 'Leave pca out of the methods',
    });
  }
  onSkip(pca, reason);
  return left;
}
