import { createRandom, didYouMean, LatentkitError, Stream } from '@latentkit/core';
import type { UmapOptions, UmapSettings } from './umap-options.ts';

const METRICS = ['euclidean', 'cosine'];
const INITS = ['spectral', 'pca', 'random'];
const where = 'createUmap';

/**
 * Fills in defaults.
 *
 * @throws `E_RANGE`, `E_SHAPE`, `E_NOT_FINITE`, `E_UNKNOWN_NAME`.
 */
export function resolveOptions(
  count: number,
  {
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
  }: UmapOptions,
): UmapSettings {
  requireWhole('components', components, 1, 2 ** 16);
  requireWhole('neighbors', neighbors, 2, 2 ** 31 - 1);
  requireWhole('epochs', epochs, 1, 2 ** 31 - 1);
  requireWhole('negativeSamples', negativeSamples, 0, 1000);
  requireNumber('spread', spread, 1e-3, 1e3);
  requireNumber('minDist', minDist, 0, spread);
  requireNumber('learningRate', learningRate, 0, 1e6);
  requireNumber('repulsion', repulsion, 0, 1e6);
  requireNumber('setOpMixRatio', setOpMixRatio, 0, 1);
  requireNumber('localConnectivity', localConnectivity, 0, 2 ** 31 - 1);
  requireNumber('targetWeight', targetWeight, 0, 1);
  requireNumber('memoryBudget', memoryBudget, 0, Number.MAX_SAFE_INTEGER);
  requireName('metric', metric, METRICS);
  if (typeof init === 'string') requireName('init', init, INITS);
  else requirePlaces(init, count, components);
  if (labels) requireLabels(labels, count);
  createRandom({ seed, stream: Stream.projection }); // throws for a seed that core refuses
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

function requireWhole(name: string, value: number, least: number, most: number): void {
  if (Number.isInteger(value) && value >= least && value <= most) return;
  const expected = `a whole number from ${least} to ${most}`;
  throw new LatentkitError('E_RANGE', `${where}: ${name} must be ${expected}, got ${value}`);
}

function requireNumber(name: string, value: number, least: number, most: number): void {
  if (value >= least && value <= most) return;
  throw new LatentkitError('E_RANGE', `${where}: ${name} must be from ${least} to ${most}, got ${value}`);
}

function requireName(name: string, value: string, known: readonly string[]): void {
  if (known.includes(value)) return;
  throw new LatentkitError('E_UNKNOWN_NAME', `${where}: there is no ${name} '${value}'`, {
    fix: didYouMean(String(value), known),
  });
}

// Squared distances of places farther out leave float32.
const FARTHEST = 1e15;

function requirePlaces(init: Float32Array, count: number, components: number): void {
  if (!(init instanceof Float32Array) || init.length !== count * components) {
    throw new LatentkitError(
      'E_SHAPE',
      `${where}: init must be a Float32Array of [${count}, ${components}], got ${init?.length} numbers`,
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
  if (labels.length !== count) {
    throw new LatentkitError('E_SHAPE', `${where}: expected ${count} labels, got ${labels.length}`, {
      fix: 'Give one for each point, -1 where it is unknown',
    });
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
