import {
  type Accelerator,
  describeShape,
  type Examples,
  LatentkitError,
  nextTurn,
  pixelsToFloats,
} from '@latentkit/core';
import {
  acceleratorRule,
  checkOptions,
  checkValue,
  functionRule,
  listRule,
  type OptionRules,
  seedRule,
  whole,
} from '@latentkit/core/options';
import { imagesBetween } from '@latentkit/datasets';
import {
  type Codes,
  createModel,
  createTrainedModel,
  isVariational,
  openTrainedModel,
} from '@latentkit/models';
import type { Tensor } from '@tensorflow/tfjs-core';
import { binarizationOf, type EvaluatedModel, evaluatedModelRule, setRule } from './evaluated-model.ts';
import { lackOf } from './lack-of.ts';
import type { ComputeOptions, LabelledExamples, Outliers, Subject } from './subject.ts';

export interface SubjectOptions {
  /** Of noise and coins; that of the training by default. */
  seed?: number;
  /** The number of the set's first image in the set that it is a part of: noise and coins are those of the whole. 0 by default. */
  first?: number;
  /** Of each image, -1 for none; those of the set by default. */
  labels?: ArrayLike<number>;
  classNames?: readonly string[];
  /** Images that probes of codes may learn from, with their classes; read when first asked for. */
  training?: () => LabelledExamples | Promise<LabelledExamples>;
  /** Foreign images of the same size, for how well they are told; read when first asked for. */
  outliers?: () => Outliers | Promise<Outliers>;
  /** Computes faster, with the same bits. */
  accelerator?: Accelerator<Tensor>;
}

export const SUBJECT_RULES: OptionRules<SubjectOptions> = {
  seed: seedRule,
  first: whole(0, 0xffffffff),
  labels: listRule,
  classNames: listRule,
  training: functionRule,
  outliers: functionRule,
  accelerator: acceleratorRule,
};
const IMAGES_AT_ONCE = 500; // results do not depend on it

/**
 * A model with the images that it is to be judged by: what metrics are measured of. On tfjs's current backend, or an accelerator.
 *
 * @throws `E_USAGE` for what is no model or no set; `E_SHAPE` for another number of labels or factors, `E_RANGE` for labels that are
 * no classes; `E_CONFIG` for options that there are not.
 * @example
 * const subject = await openSubject(await loadRun('runs/first'), dataset.test, { accelerator });
 * for await (const { rows } of evaluate(subject, chooseMetrics(['nll'], subject).chosen)) console.log(rows);
 * await subject.close();
 */
export async function openSubject(
  given: EvaluatedModel,
  set: Examples,
  options: SubjectOptions = {},
): Promise<Subject> {
  checkValue('openSubject', 'model', given, evaluatedModelRule);
  checkValue('openSubject', 'set', set, setRule);
  checkOptions('openSubject', options, SUBJECT_RULES);
  const { spec, weights, config, data } = given;
  const {
    labels = set.labels,
    seed = config?.training.seed ?? 0,
    first: firstImage = 0,
    classNames,
    training,
    outliers,
    accelerator,
  } = options;
  const { factors } = set;
  if (labels) checkLabels(labels, set.count);
  if (factors && factors.values.length !== set.count * factors.names.length) {
    throw new LatentkitError(
      'E_SHAPE',
      `openSubject: expected ${factors.names.length} factors for each of ${set.count} images, got ${factors.values.length} numbers`,
    );
  }
  const model = createModel(spec);
  const trained = accelerator
    ? await openTrainedModel(spec, weights, { accelerator })
    : createTrainedModel(spec, weights);
  const binarize = binarizationOf(given);
  /** What a conditional model is told of some images. */
  const tell = (of: ArrayLike<number> | undefined, first: number, end: number) =>
    spec.condition && of ? { label: Array.from({ length: end - first }, (_, i) => of[first + i]!) } : {};

  async function eachChunk(
    images: Examples,
    use: (some: Uint8Array | Float32Array, first: number, end: number) => void | Promise<void>,
    { onProgress, signal }: ComputeOptions,
  ): Promise<void> {
    const { count } = images;
    for (let first = 0; first < count; first += IMAGES_AT_ONCE) {
      const end = Math.min(count, first + IMAGES_AT_ONCE);
      await use((await imagesBetween(images, first, end)).images, first, end);
      onProgress?.(end / count);
      await nextTurn();
      signal?.throwIfAborted();
    }
  }

  async function encode(images: Examples, of: ArrayLike<number> | undefined, compute: ComputeOptions) {
    const size = images.count * model.latentDim;
    const codes: Codes = {
      mean: new Float32Array(size),
      ...(isVariational(spec) && { logVar: new Float32Array(size) }),
    };
    await eachChunk(
      images,
      async (some, first, end) => {
        const { mean, logVar } = await trained.encode(some, tell(of, first, end));
        codes.mean.set(mean, first * model.latentDim);
        if (logVar) codes.logVar!.set(logVar, first * model.latentDim);
      },
      compute,
    );
    return codes;
  }

  let ownCodes: Promise<Codes> | undefined;
  let learned: ReturnType<Subject['trainingCodes']> | undefined;
  return {
    ...{ spec, weights, config, data, model, set, labels, classNames, factors, seed, binarize, accelerator },
    first: firstImage,
    lacks: (need) =>
      lackOf(need, {
        ...{ model, set, labels, binarize, factors },
        ...{ hasTraining: training !== undefined, hasOutliers: outliers !== undefined },
      }),
    ...(training && { training: async () => training() }),
    ...(outliers && {
      async outliers() {
        const found = await outliers();
        checkValue('openSubject', 'outliers', Object(found).set, setRule);
        const [expected, got] = [set.shape, found.set.shape].map(describeShape);
        if (expected === got) return found;
        throw new LatentkitError(
          'E_SHAPE',
          `evaluate: expected foreign images of ${expected}, got ${found.title}, which are ${got}`,
        );
      },
    }),
    async codes(compute = {}) {
      ownCodes ??= encode(set, labels, compute);
      ownCodes.catch(() => {
        ownCodes = undefined; // stopped: to be begun anew
      });
      return ownCodes;
    },
    async trainingCodes(compute = {}) {
      learned ??= (async () => {
        const { set: images, labels: of = images.labels } = await training!();
        if (of) checkLabels(of, images.count);
        return {
          codes: await encode(images, of, compute),
          labels: of ?? new Int32Array(images.count).fill(-1),
        };
      })();
      learned.catch(() => {
        learned = undefined;
      });
      return learned;
    },
    async reconstruct(use, compute = {}) {
      await eachChunk(
        set,
        async (some, first, end) =>
          use(pixelsToFloats(some), await trained.reconstruct(some, tell(labels, first, end)), first),
        compute,
      );
    },
    async decode(latent, label) {
      return trained.decode(latent, label && spec.condition ? { label } : {});
    },
    async sample(count) {
      const told = spec.condition && labels;
      const label = told && Array.from({ length: count }, (_, i) => told[i % told.length]!);
      return trained.sample({ count, seed, ...(label && { label }) });
    },
    close: async () => trained.dispose(),
  };
}

/** Throws unless each is a class, or -1. */
function checkLabels(labels: ArrayLike<number>, count: number): void {
  if (labels.length !== count) {
    throw new LatentkitError(
      'E_SHAPE',
      `evaluate: expected a label for each of ${count} images, got ${labels.length}`,
    );
  }
  for (let i = 0; i < count; i++) {
    if (Number.isInteger(labels[i]) && labels[i]! >= -1) continue;
    throw new LatentkitError(
      'E_RANGE',
      `evaluate: expected labels that are whole numbers from 0, or -1 for none, got ${labels[i]} of image ${i}`,
      { fix: 'Give -1 to images of no class' },
    );
  }
}
