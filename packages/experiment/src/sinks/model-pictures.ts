import type { Dataset, Examples, ImageShape, NamedArrays } from '@latentkit/core';
import {
  checkOptions,
  functionRule,
  needed,
  type OptionRules,
  objectRule,
  whole,
} from '@latentkit/core/options';
import { oneOfEachClass } from '@latentkit/datasets';
import { createModel, createTrainedModel, type ModelSpec } from '@latentkit/models';
import type { TrainingEvent } from '@latentkit/trainers';
import type { ExperimentConfig } from '../config-schema.ts';
import { imagesAtOnce } from '../data/images-at-once.ts';
import { whyUndrawable } from '../figures/why-undrawable.ts';
import { modelSpecOf } from '../model-spec-of.ts';
import type { EventSink } from './with-sinks.ts';

/** What a model makes of images: for a terminal or a tracker, which tile them as they like. */
export interface ModelPicture {
  readonly name: 'reconstructions' | 'samples';
  /** A line about it. */
  readonly title: string;
  /** `[count, height, width, channels]`, 0 to 1. */
  readonly images: Float32Array;
  readonly shape: ImageShape;
  /** Images a row. */
  readonly columns: number;
}

export interface ModelPicturesOptions {
  config: ExperimentConfig;
  dataset: Dataset<Examples>;
  /** Images a row; 10 by default. */
  columns?: number;
  /** Epochs from one time to the next; by default so many that there are about five before the end. */
  every?: number;
  /** Rows of random samples; 2 by default. */
  sampleRows?: number;
  show(pictures: readonly ModelPicture[], at: PicturesAt): void | Promise<void>;
}

export interface PicturesAt {
  /** Epochs that are done. */
  readonly epoch: number;
  /** At the end: the epoch whose weights were kept, and are shown. */
  readonly keptEpoch?: number;
}

const RULES: OptionRules<ModelPicturesOptions> = {
  config: needed(objectRule),
  dataset: needed(objectRule),
  columns: whole(1),
  every: whole(1),
  sampleRows: whole(1),
  show: needed(functionRule),
};

const TIMES = 5;

/**
 * A sink that looks at the model every few epochs, as far as it is, and at the kept one in the end: images that it never learned from
 * over what it makes of them, and random samples. It draws from the checkpoints that training gives out and shares
 * nothing with it, so that the weights are the same bits with it and without.
 *
 * Of images that are neither grey nor in colour there are no pictures.
 *
 * @throws `E_USAGE`, `E_RANGE`, `E_CONFIG` for options that nobody knows, or of another kind.
 * @example
 * const sink = createModelPictures({ config, dataset, show: ([reconstructions]) => draw(reconstructions) });
 * for await (const event of withSinks(runExperiment({ config, dataset, out }), [sink])) ...
 */
export function createModelPictures(options: ModelPicturesOptions): EventSink<TrainingEvent> {
  checkOptions('createModelPictures', options, RULES);
  const { config, dataset, columns = 10, sampleRows = 2, show } = options;
  const { epochs, seed } = config.training;
  const { every = Math.ceil(epochs / TIMES) } = options;
  const spec = modelSpecOf(config, dataset.train.shape, dataset.columns);
  if (whyUndrawable(spec) !== undefined) return () => {};
  const pictures = (weights: NamedArrays) =>
    picturesOf(spec, weights, { dataset, columns, samples: sampleRows * columns, seed });
  let last = 0;
  return async (event) => {
    if (event.type === 'epoch') last = event.epoch;
    if (event.type === 'checkpoint') {
      const { progress, weights } = event.checkpoint;
      const isDue = progress.batch === 0 && progress.epoch % every === 0 && progress.epoch < epochs;
      if (isDue && progress.epoch === last) await show(pictures(weights), { epoch: last });
    }
    if (event.type === 'end' && event.reason !== 'aborted' && last > 0) {
      await show(pictures(event.weights), { epoch: last, keptEpoch: event.epoch });
    }
  };
}

function picturesOf(
  spec: ModelSpec,
  weights: NamedArrays,
  {
    dataset,
    columns,
    samples,
    seed,
  }: { dataset: Dataset<Examples>; columns: number; samples: number; seed: number },
): ModelPicture[] {
  const shown = dataset.test ?? dataset.validation;
  const { images, labels, count } = imagesAtOnce(shown, oneOfEachClass(shown, columns));
  const { parameterShapes, prior } = createModel(spec);
  // A checkpoint's weights hold what is the objective's own, too.
  const own = Object.keys(parameterShapes).map((name) => [name, weights[name]!] as const);
  const trained = createTrainedModel(spec, Object.fromEntries(own));
  const { image: shape, condition } = spec;
  try {
    const back = trained.reconstruct(images, condition && { label: labels });
    const originals = Float32Array.from(
      images,
      images instanceof Uint8Array ? (byte) => byte / 255 : (one) => one,
    );
    const both = new Float32Array(2 * back.length);
    both.set(originals);
    both.set(back, back.length);
    const title = 'images it never learned from, over what it makes of them';
    const pictures: ModelPicture[] = [
      { name: 'reconstructions', title, images: both, shape, columns: count },
    ];
    if (prior) {
      const label = condition && Array.from({ length: samples }, (_, i) => i % condition.classes);
      const drawn = trained.sample({ count: samples, seed, label });
      pictures.push({ name: 'samples', title: 'random samples', images: drawn, shape, columns });
    }
    return pictures;
  } finally {
    trained.dispose();
  }
}
