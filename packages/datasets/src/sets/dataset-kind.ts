import type { Dataset, ImageShape } from '@latentkit/core';
import {
  fields,
  flag,
  type OptionalSchema,
  optional,
  positive,
  text,
  whole,
  word,
} from '@latentkit/core/schema';
import type { IdxDatasetSpec } from '../idx/idx-dataset-spec.ts';
import { type LoadOptions, loadIdxDataset } from '../idx/load-idx-dataset.ts';

/** A dataset with a name: what a reader wants to know before using it, what a config may say of it, and how to get it. */
export interface DatasetKind<Name extends string = string> {
  readonly name: Name;
  readonly title: string;
  readonly shape: ImageShape;
  readonly trainImages: number;
  /** Made to choose an epoch by; 0 where only a test set is published. */
  readonly validationImages: number;
  /** Published to report results on; 0 for none. */
  readonly testImages: number;
  /** Megabytes to download once; 0 for none. */
  readonly downloadMegabytes: number;
  readonly licence: string;
  /** Names of its files in a cache; none for what is drawn by code. */
  readonly files: readonly string[];
  readonly fields: ReturnType<typeof datasetFields<Name>>;
  /**
   * All of it, by this name; where the first `limit` training images are all that is wanted, what is drawn need not be more, and
   * one is enough where it is only to be judged by.
   */
  load(options?: LoadOptions, limit?: number, wanted?: { judgesOnly?: boolean }): Promise<Dataset>;
}

/** What a config may say of a dataset. */
export function datasetFields<const Name extends string>(
  name: Name,
  dataDir: OptionalSchema<string> = optional(text()),
) {
  return fields({
    name: word(name),
    /** A folder that holds the files already. */
    dataDir,
    /** Use the first N training images, and a proportional part of the others. */
    limit: optional(whole(1)),
    /** Hold N of the training images out to choose the epoch by; the others are for testing then. */
    validation: optional(whole(1)),
    /** Learn from every image, those to judge by too, as some publications do. */
    trainOnAll: optional(flag()),
    /** Learn from the labels of N training images alone, as many of each class: for a model of kind 'semiSupervised'. */
    labels: optional(whole(1)),
    /** Which ones; 0 by default. */
    labelSeed: optional(whole(0)),
    /** The part of every batch that is of them; a twentieth, or their part of the images where that is more, by default. */
    labelledShare: optional(positive(1)),
  });
}

/** A dataset of four IDX files: all but a line for a list is in its spec. */
export function idxDatasetKind<const Name extends string>(
  spec: IdxDatasetSpec & { readonly name: Name },
  about: Pick<DatasetKind, 'title' | 'downloadMegabytes' | 'licence'>,
): DatasetKind<Name> {
  const { name, files } = spec;
  const [trainImages = 0, height = 0, width = 0] = files.trainImages.shape;
  return {
    name,
    ...about,
    shape: { height, width, channels: 1 },
    ...{ trainImages, validationImages: 0, testImages: files.testImages.shape[0] ?? 0 },
    files: Object.values(files).map((file) => `${name}/${file.name}.gz`),
    fields: datasetFields(name),
    load: (options) => loadIdxDataset(spec, options),
  };
}
