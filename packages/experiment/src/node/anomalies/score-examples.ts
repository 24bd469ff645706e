import type { Examples, ImageSet } from '@latentkit/core';
import { examplesBetween, limitImages, readExamples } from '@latentkit/datasets';
import type { AnomalyDetector } from '@latentkit/evaluation';
import { loadRunImages, type RunImages, type RunImagesOptions } from '../load-run-images.ts';
import { rowsOfShard, type Shard } from '../shard.ts';
import { labelsFor } from '../told-classes.ts';
import type { OpenedRun } from '../with-run.ts';
import type { AnomalyWork } from './fit-on-ordinary.ts';
import { oddestFirst } from './oddest-first.ts';
import { withLabels } from './with-labels.ts';

/** What is looked at. */
export interface LookedAtOptions extends Pick<RunImagesOptions, 'dataset' | 'dataDir' | 'data' | 'labels'> {
  /** Of the examples, the first so many; all by default. */
  limit?: number;
  /** Of these, one of some parts of equal size, which others score. */
  shard?: Shard;
}

/** Examples with their scores: all that is looked at, or a part of it. */
export interface ScoredExamples {
  /** How many of all are before these. */
  readonly first: number;
  /** Higher for those unlike the training's, an example each. */
  readonly scores: Float64Array;
  /** Their classes, -1 for none, where they have some. */
  readonly labels?: Int32Array;
  readonly classNames?: readonly string[];
  /** Where each stands in its file, from 0, where they are not all of it in its order. */
  readonly places?: ArrayLike<number>;
  /** The oddest of them themselves, the oddest first. */
  readonly oddest: Pick<ImageSet, 'images' | 'shape' | 'count'>;
}

/** Examples that are looked at, before they are scored. */
export interface LookedAt
  extends Pick<ScoredExamples, 'first' | 'labels' | 'classNames' | 'places'>,
    Pick<RunImages<Examples>, 'what' | 'source' | 'title'> {
  readonly set: Examples;
}

/** Opens what is to be looked at, or a part of it. */
export async function openLookedAt(
  { run, directory }: OpenedRun,
  { limit, shard, dataset, dataDir, data, labels: labelFile }: LookedAtOptions,
  { onDownload, onNote, signal }: AnomalyWork,
): Promise<LookedAt> {
  const images = await loadRunImages(run, directory, {
    ...(data === undefined ? { dataset, dataDir } : { data, labels: labelFile }),
    ...{ isWhole: true, onProgress: onDownload, onNote, signal },
  });
  labelsFor(run, directory, images.labels); // a conditional model scores an example as one of its class
  const limited = limit === undefined ? images.set : limitImages(images.set, limit);
  const [first, end] = shard ? rowsOfShard('anomalies', shard, limited.count) : [0, limited.count];
  const { labels, classNames, places, what, source, title } = images;
  const own = (of: ArrayLike<number>) => Int32Array.from({ length: end - first }, (_, i) => of[first + i]!);
  return {
    ...{ set: examplesBetween(withLabels(limited, labels), first, end), first },
    ...{ what, source, title },
    ...(labels && { labels: own(labels) }),
    ...(classNames && { classNames }),
    ...(places && { places: own(places) }),
  };
}

/** Scores what is looked at by a detector that was fitted, and keeps the oddest so many. */
export async function scoreExamples(
  { set, first, labels, classNames, places }: LookedAt,
  detector: AnomalyDetector,
  { worst, onProgress, signal }: Pick<AnomalyWork, 'onProgress' | 'signal'> & { worst: number },
): Promise<ScoredExamples> {
  const scores = await detector.scores(set, { first, signal, onProgress });
  const { images, shape, count } = await readExamples(set, oddestFirst(scores).slice(0, worst));
  return {
    ...{ first, scores, oddest: { images, shape, count } },
    ...(labels && { labels }),
    ...(classNames && { classNames }),
    ...(places && { places }),
  };
}
