import { type ImageSet, LatentkitError } from '@latentkit/core';
import { checkValue, having } from '@latentkit/core/options';
import { encodeSafetensors, parseSafetensors } from '@latentkit/formats';
import { PROJECTION_FILES, PROJECTION_FOLDER, RUN_FILES } from './run-files.ts';

/** The file of a run's folder that brings the images its map is of, where the run goes without its data. */
export const SHOWN_IMAGES_FILE = 'images.safetensors';

/** What the lab reads of a run, as far as it is there. */
export const SHOWN_FILES: readonly string[] = [
  ...[RUN_FILES.config, RUN_FILES.data, RUN_FILES.model, RUN_FILES.weights, RUN_FILES.metrics, RUN_FILES.end],
  SHOWN_IMAGES_FILE,
];

/** What its report is made of beside them. */
export const REPORT_FILES: readonly string[] = [
  ...SHOWN_FILES,
  RUN_FILES.evaluation,
  ...[PROJECTION_FILES.svg, PROJECTION_FILES.quality].map((name) => `${PROJECTION_FOLDER}/${name}`),
];

/** Images that a run is looked at by, and what is known of them. */
export interface ShownImages {
  readonly set: ImageSet;
  /** Which: 'validation images of digits'. */
  readonly of: string;
  readonly classNames?: readonly string[] | undefined;
  /** Whether the model learned from them. */
  readonly learnedFrom: boolean;
}

const shownRule = having('{ set, of, learnedFrom }', {
  set: 'object',
  of: 'string',
  learnedFrom: 'boolean',
});
const setRule = having('a set of images', { shape: 'object', count: 'number', images: 'object' });

/**
 * Images, their labels and the classes' names as one file, {@link SHOWN_IMAGES_FILE}.
 *
 * @throws `E_USAGE` for what are no images to be shown.
 */
export function encodeShownImages(shown: ShownImages): Uint8Array<ArrayBuffer> {
  checkValue('encodeShownImages', 'shown', shown, shownRule);
  const { set, of, classNames, learnedFrom } = shown;
  checkValue('encodeShownImages', 'set', set, setRule);
  const { count, shape, images, labels } = set;
  return encodeSafetensors(
    {
      images: { shape: [count, shape.height, shape.width, shape.channels], data: images },
      ...(labels && { labels: { shape: [count], data: Uint32Array.from(labels) } }),
    },
    { of, learnedFrom: String(learnedFrom), ...(classNames && { classNames: JSON.stringify(classNames) }) },
  );
}

/**
 * What {@link encodeShownImages} wrote.
 *
 * @throws `E_FORMAT` for anything else.
 */
export function parseShownImages(bytes: Uint8Array, where: string): ShownImages {
  const wrong = (words: string, cause?: unknown) =>
    new LatentkitError('E_FORMAT', `${where}: ${words}`, {
      cause,
      fix: 'Take the run out again: latentkit ui RUN --out FOLDER',
    });
  let file: ReturnType<typeof parseSafetensors>;
  try {
    file = parseSafetensors(bytes);
  } catch (cause) {
    throw wrong((cause as Error).message, cause);
  }
  const { images, labels } = file.tensors;
  const { of = 'images', classNames, learnedFrom } = file.metadata;
  if (
    images?.shape.length !== 4 ||
    !(images.data instanceof Uint8Array || images.data instanceof Float32Array)
  ) {
    throw wrong('expected images as bytes or float32, [count, height, width, channels]');
  }
  const [count, height, width, channels] = images.shape as [number, number, number, number];
  if (labels && !(labels.data instanceof Uint32Array && labels.data.length === count)) {
    throw wrong(`expected labels as uint32, one for each of ${count} images`);
  }
  return {
    set: {
      shape: { height, width, channels },
      ...{ count, images: images.data },
      ...(labels && { labels: labels.data as Uint32Array }),
    },
    of,
    learnedFrom: learnedFrom === 'true',
    ...(classNames !== undefined && { classNames: namesOf(classNames, wrong) }),
  };
}

function namesOf(json: string, wrong: (words: string, cause?: unknown) => LatentkitError): string[] {
  try {
    const names: unknown = JSON.parse(json);
    if (Array.isArray(names) && names.every((name) => typeof name === 'string')) return names;
  } catch {
    // said below
  }
  throw wrong('expected classNames as a JSON list of texts');
}
