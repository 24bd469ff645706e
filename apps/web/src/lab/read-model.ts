import { LatentkitError, type NamedArrays } from '@latentkit/core';
import {
  type NamedBytes,
  parseShownImages,
  RUN_FILES,
  SHOWN_IMAGES_FILE,
  type ShownImages,
} from '@latentkit/experiment/store';
import { parseJson, parseSafetensors, toFloat32Arrays } from '@latentkit/formats';
import { type ModelSpec, parseSavedModel } from '@latentkit/models';
import { checkWeightsFile } from '@latentkit/models/saved';
import type { ObjectiveSpec } from '@latentkit/objectives';
import type { LookData } from './messages.ts';

/** Pictures are made of so many images. */
const LOOKED_AT = 2000;

/** A model as its two files hold it. */
export interface ReadModel {
  readonly spec: ModelSpec;
  readonly weights: NamedArrays;
  readonly epoch: number;
  /** What training minimised; undefined where its file says nothing of it. */
  readonly objective: ObjectiveSpec | undefined;
}

/** Images that a map is of. */
export type ReadImages = Omit<LookData, 'type' | 'spec' | 'objective'>;

/** The bytes of a run's file, in whatever folder the files lie. */
export const fileOf = (files: readonly NamedBytes[], name: string): Uint8Array | undefined =>
  files.find((file) => `/${file.name}`.endsWith(`/${name}`))?.bytes;

/** @throws `E_NOT_FOUND` unless a model and its weights are among the files. */
export function requireModel(files: readonly NamedBytes[]): void {
  const { model, weights } = RUN_FILES;
  if (fileOf(files, model) && fileOf(files, weights)) return;
  const got = files.map((file) => file.name).join(', ') || 'neither';
  throw new LatentkitError('E_NOT_FOUND', `expected ${model} and ${weights} together, got ${got}`, {
    fix: 'Give both files of the model, or the whole folder of its run',
  });
}

/** @throws `E_FORMAT`, `E_CONFIG` for a model that is damaged, or weights that are not its own. */
export function readModel(files: readonly NamedBytes[]): ReadModel {
  const bytes = fileOf(files, RUN_FILES.weights)!;
  const saved = parseSavedModel(parseJson(fileOf(files, RUN_FILES.model)!, RUN_FILES.model), RUN_FILES.model);
  let weights: NamedArrays;
  try {
    weights = toFloat32Arrays(parseSafetensors(bytes).tensors);
  } catch (cause) {
    throw new LatentkitError('E_FORMAT', `${RUN_FILES.weights}: ${(cause as Error).message}`, { cause });
  }
  checkWeightsFile(saved, bytes, RUN_FILES.weights);
  const { spec, epoch } = saved;
  return { spec, weights, epoch, objective: saved.objective as ObjectiveSpec | undefined };
}

/**
 * The images that lie beside a model, where there are any.
 *
 * @throws `E_FORMAT` for damaged ones, `E_SHAPE` for those of another size.
 */
export function readShownImages(spec: ModelSpec, files: readonly NamedBytes[]): ReadImages | undefined {
  const bytes = fileOf(files, SHOWN_IMAGES_FILE);
  if (!bytes) return undefined;
  const shown = parseShownImages(bytes, SHOWN_IMAGES_FILE);
  checkSize(spec, shown.set.shape);
  return lookedAt(shown);
}

/** As many of a set's images as are looked at. */
export function lookedAt({ set, of, classNames, learnedFrom }: ShownImages): ReadImages {
  const count = Math.min(LOOKED_AT, set.count);
  const { height, width, channels } = set.shape;
  return {
    images: set.images.slice(0, count * height * width * channels),
    ...(set.labels && { labels: set.labels.slice(0, count) }),
    ...(classNames && { classNames }),
    ...{ count, learnedFrom, title: of },
  };
}

/** @throws `E_SHAPE` unless images have the size that the model is of. */
export function checkSize({ image }: ModelSpec, shape: ModelSpec['image']): void {
  const [expected, got] = [image, shape].map(
    ({ height, width, channels }) => `${height} x ${width} x ${channels}`,
  );
  if (expected === got) return;
  throw new LatentkitError(
    'E_SHAPE',
    `the model is of images of ${expected}, and those beside it are ${got}`,
  );
}
