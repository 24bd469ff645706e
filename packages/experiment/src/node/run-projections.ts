import { join } from 'node:path';
import { type Dataset, type Examples, permutation, Stream } from '@latentkit/core';
import { wordingFor } from '@latentkit/evaluation';
import { codeSizeOf, type TrainedModel } from '@latentkit/models';
import { imagesAtOnce } from '../data/images-at-once.ts';
import type { ProjectionsSpec } from '../figures/figure-specs.ts';
import { PROJECTION_FOLDER } from '../files/run-files.ts';
import { projectPoints } from '../projection/project-points.ts';
import { writeProjections } from './write-projections.ts';

const POINTS = 2000;
const METHODS = ['pca', 'tsne', 'umap'];

export interface RunProjections extends Omit<ProjectionsSpec, 'name'> {
  trained: TrainedModel;
  dataset: Dataset<Examples>;
  /** What they are the means of, for the headline: a recipe's name. */
  of: string;
  seed: number;
}

/** Maps the means of some test images, drawn by the seed, and writes the maps into a run's folder. */
export async function writeRunProjections(
  directory: string,
  { trained, dataset, of, points = POINTS, methods = METHODS, seed }: RunProjections,
): Promise<void> {
  const { validation, test = validation, classNames } = dataset;
  const chosen = permutation(test.count, { seed, stream: Stream.figure, step: 0 }).subarray(0, points);
  const { images, labels, count } = imagesAtOnce(test, chosen);
  const { mean } = trained.encode(images, trained.spec.condition && { label: labels });
  const maps = [];
  const vectors = { data: mean, count, dimensions: codeSizeOf(trained.spec) };
  for await (const map of projectPoints(vectors, { methods, seed, labels, onSkip: () => {} })) maps.push(map);
  const what = wordingFor(trained.spec)(`${dataset.test ? 'test' : 'validation'} images`);
  const title = `${of}: codes of ${count.toLocaleString('en-US')} ${what} of ${dataset.name}`;
  await writeProjections(join(directory, PROJECTION_FOLDER), { maps, labels, classNames, title });
}
