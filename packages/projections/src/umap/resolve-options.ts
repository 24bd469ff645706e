import { LatentkitError } from '@latentkit/core';
import {
  anything,
  atLeast,
  bytesRule,
  checkOptions,
  number,
  type OptionRules,
  oneOf,
  seedRule,
  whole,
} from '@latentkit/core/options';
import { startRule } from '../start-rule.ts';
import type { UmapOptions, UmapSettings } from './umap-options.ts';

const where = 'createUmap';
const MOST = 2 ** 31 - 1;

const RULES: OptionRules<UmapOptions> = {
  components: whole(1, 2 ** 16),
  neighbors: whole(2, MOST),
  minDist: atLeast(0),
  spread: number(1e-3, 1e3),
  metric: oneOf('euclidean', 'cosine'),
  epochs: whole(1, MOST),
  learningRate: number(0, 1e6),
  negativeSamples: whole(0, 1000),
  repulsion: number(0, 1e6),
  setOpMixRatio: number(0, 1),
  localConnectivity: number(0, MOST),
  init: startRule('spectral', 'pca', 'random'),
  labels: anything,
  targetWeight: number(0, 1),
  seed: seedRule,
  memoryBudget: bytesRule,
};

/**
 * Fills in defaults.
 *
 * @throws `E_RANGE`, `E_SHAPE`, `E_NOT_FINITE`, `E_UNKNOWN_NAME`.
 */
export function resolveOptions(count: number, options: UmapOptions): UmapSettings {
  checkOptions(where, options, RULES);
  const {
    components = 2,
    neighbors = 15,
    minDist = 0.1,
    spread = 1,
    metric = 'euclidean',
    epochs = defaultEpochs(count),
    learningRate = 1,
    negativeSamples = 5,
    repulsion = 1,
    setOpMixRatio = 1,
    localConnectivity = 1,
    init = 'spectral',
    labels,
    targetWeight = 0.5,
    seed = 0,
    memoryBudget = 2 ** 31,
  } = options;
  if (minDist > spread) {
    throw new LatentkitError(
      'E_RANGE',
      `${where}: minDist must be at most spread, ${spread}, got ${minDist}`,
    );
  }
  if (typeof init !== 'string') requirePlaces(init, count, components);
  if (labels !== undefined) requireLabels(labels, count);
  const shape = { components, neighbors, minDist, spread, metric, setOpMixRatio, localConnectivity };
  const course = { epochs, learningRate, negativeSamples, repulsion, init, labels, targetWeight };
  return { ...shape, ...course, seed, memoryBudget };
}

/** As umap-js 1.4.0 chooses. */
function defaultEpochs(count: number): number {
  if (count <= 2500) return 500;
  if (count <= 5000) return 400;
  return count <= 7500 ? 300 : 200;
}

// Squared distances of places farther out leave float32.
const FARTHEST = 1e15;

function requirePlaces(init: Float32Array, count: number, components: number): void {
  if (init.length !== count * components) {
    throw new LatentkitError(
      'E_SHAPE',
      `${where}: init must be [${count}, ${components}], got ${init.length} numbers`,
    );
  }
  const bad = init.findIndex((x) => !(Math.abs(x) <= FARTHEST));
  if (bad < 0) return;
  const at = `row ${Math.floor(bad / components)}, column ${bad % components} (from 0)`;
  if (!Number.isFinite(init[bad])) {
    throw new LatentkitError('E_NOT_FINITE', `${where}: ${init[bad]} in init, ${at}`);
  }
  throw new LatentkitError(
    'E_RANGE',
    `${where}: init must be from ${-FARTHEST} to ${FARTHEST}, got ${init[bad]} in ${at}`,
  );
}

function requireLabels(labels: ArrayLike<number>, count: number): void {
  if (labels?.length !== count) {
    throw new LatentkitError(
      'E_SHAPE',
      `${where}: expected ${count} labels, got ${labels?.length ?? labels}`,
      {
        fix: 'Give one for each point, -1 where it is unknown',
      },
    );
  }
  for (let i = 0; i < count; i++) {
    const label = labels[i]!;
    if (Number.isInteger(label) && label >= -1) continue;
    throw new LatentkitError(
      'E_RANGE',
      `${where}: labels must be whole numbers of at least -1, got ${label} at ${i} (from 0)`,
    );
  }
}
