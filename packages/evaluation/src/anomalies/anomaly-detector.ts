import {
  type Accelerator,
  type Examples,
  type ImageSet,
  LatentkitError,
  type NamedArrays,
  pixelCount,
} from '@latentkit/core';
import {
  above,
  acceleratorRule,
  checkOptions,
  checkValue,
  functionRule,
  having,
  type OptionRules,
  oneOf,
  seedRule,
  signalRule,
  whole,
} from '@latentkit/core/options';
import { columnWidth, tableLayout } from '@latentkit/core/table';
import { limitImages } from '@latentkit/datasets';
import type { Model } from '@latentkit/models';
import type { Tensor } from '@tensorflow/tfjs-core';
import { type EvaluatedModel, setRule } from '../subject/evaluated-model.ts';
import { openSubject } from '../subject/open-subject.ts';
import type { ComputeOptions, Subject } from '../subject/subject.ts';
import { whyNot } from '../subject/why-not.ts';
import { ANOMALY_SCORES, type AnomalyScore, type AnomalyScoreKind } from './anomaly-scores.ts';
import {
  type DetectorFit,
  type FittedThreshold,
  readSavedDetector,
  type SavedDetector,
  saveDetector,
} from './saved-detector.ts';
import { thresholdRank } from './threshold.ts';

/** A model that was trained on ordinary examples: a loaded run, its spec and weights, or a model and its weights. */
export type DetectorModel = EvaluatedModel | { readonly model: Model; readonly weights: NamedArrays };

export interface AnomalyDetectorOptions {
  /** What examples are scored by; the negative ELBO by default, or the reconstruction of a model without a prior. */
  score?: AnomalyScore;
  /** Latent samples an example; 1 by default. */
  samples?: number;
  /** Of noise and coins; that of the training by default. */
  seed?: number;
  /** Clean codes that `latentKnn` measures to; 12 by default. */
  neighbors?: number;
  /** Computes faster, with the same bits. */
  accelerator?: Accelerator<Tensor>;
}

export interface FitOptions extends ComputeOptions {
  /** The share of clean examples that may be called anomalies; 0.01 by default. */
  falseAlarms?: number;
}

export interface ScoresOptions extends ComputeOptions {
  /**
   * The number of the first example in the set that these are a part of: their noise and coins, and so their scores, are those of the
   * whole set's. 0 by default.
   */
  first?: number;
}

/** Where an example differs from what the model makes of it. */
export interface Explanation {
  /** `[count, height, width, channels]`, or `[count, columns]` of a table: squared differences from what the mean code decodes to. */
  readonly heat: Float32Array;
  /** What the mean codes decode to, as the data come. */
  readonly expected: Float32Array;
  /** Of a table, the names of its columns. */
  readonly columns?: readonly string[];
}

/** Examples to look at: a set, or their numbers. */
export type Scored = Examples | Uint8Array | Float32Array;

export interface AnomalyDetector {
  readonly score: AnomalyScore;
  /** What `fit` found, or what was loaded. */
  readonly fitted?: FittedThreshold;
  /** Of the clean examples that `fit` looked at, the lowest first: what another threshold would let pass. Not of one that was loaded. */
  readonly cleanScores?: Float64Array;
  /**
   * Chooses the threshold that a new clean example passes with a probability of `falseAlarms` at most: of `n` scores, the
   * `ceil((n + 1) (1 - falseAlarms))`-th.
   *
   * @param clean ordinary examples that the model did not learn from.
   * @throws `E_RANGE` for too few of them to know so small a share.
   */
  fit(clean: Scored, options?: FitOptions): Promise<FittedThreshold>;
  /** A number an example, higher for those unlike the training's. */
  scores(examples: Scored, options?: ScoresOptions): Promise<Float64Array>;
  /** The same, and whether each is above the threshold. @throws `E_USAGE` before `fit`. */
  detect(
    examples: Scored,
    options?: ScoresOptions,
  ): Promise<{ readonly scores: Float64Array; readonly isAnomaly: Uint8Array }>;
  /** Where examples differ from what is expected, by pixel or by column. */
  explain(examples: Scored, options?: ComputeOptions): Promise<Explanation>;
  /** What `loadAnomalyDetector` makes the same detector of, with the model: goes into JSON. @throws `E_USAGE` before `fit`. */
  save(): Promise<SavedDetector>;
}

const NAMES = ANOMALY_SCORES.map(({ name }) => name);
const RULES: OptionRules<AnomalyDetectorOptions> = {
  score: oneOf(...NAMES),
  samples: whole(1),
  seed: seedRule,
  neighbors: whole(1),
  accelerator: acceleratorRule,
};
const COMPUTE_RULES: OptionRules<ComputeOptions> = { onProgress: functionRule, signal: signalRule };
const SCORES_RULES: OptionRules<ScoresOptions> = { ...COMPUTE_RULES, first: whole(0, 0xffffffff) };
const FIT_RULES: OptionRules<FitOptions> = { ...COMPUTE_RULES, falseAlarms: above(0, 1) };
const detectorModelRule = having(
  'a run, or a model, with its weights',
  { weights: 'object' },
  'loadRun gives one',
);

/** Clean examples that are learned from, and whose codes are kept to measure to. */
const MOST_LEARNED = 10_000;

/**
 * Tells unusual examples (images, rows of a table) by a model that was trained on ordinary ones.
 *
 * @throws `E_USAGE` for what is no model, and for a score that needs what the model has not, with what; `E_UNKNOWN_NAME` for a score
 * that there is not. Its functions: `E_SHAPE`, `E_RANGE`, `E_NOT_FINITE` for examples that the model does not read; the signal's reason.
 * @example
 * const detector = createAnomalyDetector(await loadRun('runs/first'), { score: 'elbo' });
 * await detector.fit(dataset.validation, { falseAlarms: 0.01 });
 * const { scores, isAnomaly } = await detector.detect(others);
 */
export function createAnomalyDetector(
  given: DetectorModel,
  options: AnomalyDetectorOptions = {},
): AnomalyDetector {
  checkValue('createAnomalyDetector', 'model', given, detectorModelRule);
  checkOptions('createAnomalyDetector', options, RULES);
  return detectorOf(given, options, undefined);
}

/**
 * A detector as it was saved, of the same model.
 *
 * @param saved what `save` gave, perhaps out of JSON.
 * @throws `E_FORMAT` for what is none; `E_USAGE` for other weights than those it was fitted with.
 * @example
 * const detector = await loadAnomalyDetector(await loadRun('runs/first'), JSON.parse(text));
 */
export async function loadAnomalyDetector(
  given: DetectorModel,
  saved: SavedDetector,
  options: Pick<AnomalyDetectorOptions, 'accelerator'> = {},
): Promise<AnomalyDetector> {
  checkValue('loadAnomalyDetector', 'model', given, detectorModelRule);
  checkOptions('loadAnomalyDetector', options, { accelerator: acceleratorRule });
  const { settings, fit } = await readSavedDetector(saved, given.weights);
  return detectorOf(given, { ...settings, ...options }, fit);
}

function detectorOf(
  given: DetectorModel,
  { score: wanted, samples = 1, seed, neighbors = 12, accelerator }: AnomalyDetectorOptions,
  before: DetectorFit | undefined,
): AnomalyDetector {
  const model: EvaluatedModel = 'model' in given ? { spec: given.model.spec, weights: given.weights } : given;
  const name = wanted ?? (model.spec.kind === 'autoencoder' ? 'reconstruction' : 'elbo');
  const kind: AnomalyScoreKind = ANOMALY_SCORES.find((one) => one.name === name)!;
  let fit = before;
  let cleanScores: Float64Array | undefined;

  /** Opens what is asked about, looks whether it can be scored, and closes it again. */
  async function withSubject<Result>(
    examples: Scored,
    use: (subject: Subject) => Promise<Result>,
    first = 0,
  ): Promise<Result> {
    const subject = await openSubject(model, setOf(examples, model), { seed, first, accelerator });
    try {
      const lack = whyNot(kind, subject);
      if (lack) throw new LatentkitError('E_USAGE', `anomalies: '${name}' cannot be computed: ${lack}`);
      return await use(subject);
    } finally {
      await subject.close();
    }
  }

  function requireFit(what: string): DetectorFit {
    if (fit) return fit;
    throw new LatentkitError('E_USAGE', `anomalies: ${what} needs a threshold, and there is none yet`, {
      fix: 'Call fit(clean) with ordinary examples first',
    });
  }

  async function scores(examples: Scored, options: ScoresOptions = {}): Promise<Float64Array> {
    checkOptions('scores', options, SCORES_RULES);
    const { first, ...compute } = options;
    const learned = kind.learn && requireFit(`'${name}'`).learned!;
    const context = { samples, neighbors, ...compute, ...(learned && { learned }) };
    return withSubject(examples, (subject) => kind.score(subject, context), first);
  }

  return {
    score: name,
    get fitted() {
      return fit && { threshold: fit.threshold, falseAlarms: fit.falseAlarms, examples: fit.examples };
    },
    get cleanScores() {
      return cleanScores?.slice();
    },
    scores,
    async fit(clean, options = {}) {
      checkOptions('fit', options, FIT_RULES);
      const { falseAlarms = 0.01, ...compute } = options;
      const set = limitImages(setOf(clean, model), kind.learn ? MOST_LEARNED : Number.MAX_SAFE_INTEGER);
      const rank = thresholdRank(set.count, falseAlarms);
      if (rank > set.count) {
        throw new LatentkitError(
          'E_RANGE',
          `fit: ${set.count} clean examples cannot tell a share of ${falseAlarms}: it takes ${Math.ceil(1 / falseAlarms) - 1} at least`,
          {
            fix:
              set.count === 0
                ? 'Give clean examples, that the model did not learn from'
                : `Give more clean examples, or allow more false alarms: falseAlarms (--false-alarms) of ${Math.ceil(1000 / (set.count + 1)) / 1000} or more`,
          },
        );
      }
      const found = await withSubject(set, async (subject) => {
        const learned = await kind.learn?.(subject, compute);
        const context = { samples, neighbors, ...compute, ...(learned && { learned, isClean: true }) };
        return { own: await kind.score(subject, context), learned };
      });
      cleanScores = found.own.toSorted();
      const threshold = cleanScores[rank - 1]!;
      fit = { threshold, falseAlarms, examples: set.count, ...(found.learned && { learned: found.learned }) };
      return { threshold, falseAlarms, examples: set.count };
    },
    async detect(examples, options) {
      const { threshold } = requireFit('detect');
      const found = await scores(examples, options);
      return { scores: found, isAnomaly: Uint8Array.from(found, (score) => (score > threshold ? 1 : 0)) };
    },
    async explain(examples, options = {}) {
      checkOptions('explain', options, COMPUTE_RULES);
      return withSubject(examples, (subject) => explain(subject, options));
    },
    async save() {
      const { threshold, falseAlarms, examples, learned } = requireFit('save');
      const settings = { score: name, samples, neighbors, ...(seed !== undefined && { seed }) };
      return saveDetector(
        settings,
        { threshold, falseAlarms, examples, ...(learned && { learned }) },
        model.weights,
      );
    },
  };
}

function setOf(examples: Scored, { spec }: EvaluatedModel): Examples {
  if (!(examples instanceof Uint8Array || examples instanceof Float32Array)) {
    checkValue('anomalies', 'examples', examples, setRule);
    return examples;
  }
  const set: ImageSet = {
    shape: spec.image,
    count: examples.length / pixelCount(spec.image),
    images: examples,
  };
  if (Number.isInteger(set.count) && set.count > 0) return set;
  throw new LatentkitError(
    'E_SHAPE',
    `anomalies: expected whole examples of ${pixelCount(spec.image)} numbers, got ${examples.length} numbers`,
  );
}

async function explain({ spec, set, reconstruct }: Subject, options: ComputeOptions): Promise<Explanation> {
  const size = pixelCount(set.shape);
  const expected = new Float32Array(set.count * size);
  const differences = new Float32Array(set.count * size);
  await reconstruct((given, back, first) => {
    expected.set(back, first * size);
    differences.set(
      given.map((value, i) => (value - back[i]!) ** 2),
      first * size,
    );
  }, options);
  const { likelihood } = spec;
  if (likelihood.type !== 'columns' || !likelihood.columns) return { heat: differences, expected };
  const { columns } = likelihood;
  const { starts } = tableLayout(columns);
  // The numbers of a word belong together.
  const heat = Float32Array.from({ length: set.count * columns.length }, (_, i) => {
    const [row, column] = [Math.floor(i / columns.length), i % columns.length];
    let sum = 0;
    for (let j = 0; j < columnWidth(columns[column]!); j++)
      sum += differences[row * size + starts[column]! + j]!;
    return sum;
  });
  return { heat, expected, columns: columns.map(({ name }) => name) };
}
