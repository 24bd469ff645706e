import {
  type Dataset,
  type Examples,
  type ImageSet,
  type ImageSource,
  type Labels,
  LatentkitError,
  pixelCount,
} from '@latentkit/core';
import { checkValue, having } from '@latentkit/core/options';
import { checkBy, fields, oneOf, optional, type SpecOf, text, textLike, whole } from '@latentkit/core/schema';
import { imagesBetween } from '@latentkit/datasets';
import { createSha256, digestSha256 } from '@latentkit/formats';

const sha256 = textLike(/^[0-9a-f]{64}$/, 'be 64 digits of a SHA-256');

const set = fields({
  count: whole(1),
  shape: fields({ height: whole(1), width: whole(1), channels: whole(1) }),
  type: oneOf(['uint8', 'float32']),
  images: sha256,
  labels: optional(sha256),
});

const schema = fields({ name: text(), train: set, validation: set, test: optional(set) });

/** What data a run was made with: its name, and of each part the shape, the count and SHA-256 of the bytes. */
export type DataFingerprint = SpecOf<typeof schema>;

const setRule = having('a set of images', { shape: 'object', count: 'number' });
const BYTES_AT_ONCE = 2 ** 22; // of images that are read

/**
 * The fingerprint of a dataset: the same of images in memory and of a source that has them elsewhere, which is read once unless it
 * knows its digest.
 *
 * @example
 * (await fingerprintOf(fromArrays(images, shape))).train.images; // 64 hexadecimal digits
 */
export async function fingerprintOf(dataset: Dataset<Examples>): Promise<DataFingerprint> {
  checkValue(
    'fingerprintOf',
    'dataset',
    dataset,
    having('a dataset', { train: 'object', validation: 'object' }),
  );
  const { name, train, validation, test } = dataset;
  return {
    ...{ name, train: await fingerprintOfSet(train), validation: await fingerprintOfSet(validation) },
    ...(test && test !== validation && { test: await fingerprintOfSet(test) }),
  };
}

/**
 * A `data.json`, every field checked.
 *
 * @throws `E_FORMAT` naming the first field that does not fit.
 */
export function parseFingerprint(value: unknown, where: string): DataFingerprint {
  return checkBy(schema, value, where, 'E_FORMAT');
}

/**
 * Makes sure that data are those a run was made with. Labels count where both have them.
 *
 * @throws `E_USAGE` naming what differs.
 */
export async function checkFingerprint(
  expected: DataFingerprint,
  dataset: Dataset<Examples>,
  where: string,
): Promise<void> {
  for (const part of ['train', 'validation', 'test'] as const) {
    const [was, is] = [expected[part], dataset[part]];
    const difference = was && is && compareSets(was, await fingerprintOfSet(is));
    if (difference === undefined) continue;
    const [words, before, now] = difference;
    throw new LatentkitError(
      'E_USAGE',
      `${where}: these are not the data of the run ('${expected.name}'): expected ${part} images ${words} ${before}, got ${now}`,
      { fix: 'Give the images that it was made with, in the same order and split' },
    );
  }
}

/**
 * Whether a set's images are those of a fingerprint; labels do not count.
 *
 * @example
 * await hasImagesOf(run.data.validation, set);
 */
export async function hasImagesOf(fingerprint: SetFingerprint, set: Examples): Promise<boolean> {
  checkValue(
    'hasImagesOf',
    'fingerprint',
    fingerprint,
    having('the fingerprint of a set', { shape: 'object' }),
  );
  checkValue('hasImagesOf', 'set', set, setRule);
  const { labels: _, ...expected } = fingerprint;
  return expected.count === set.count && compareSets(expected, await fingerprintOfSet(set)) === undefined;
}

type SetFingerprint = DataFingerprint['train'];

function compareSets(was: SetFingerprint, is: SetFingerprint): [string, string, string] | undefined {
  const shape = ({ shape: { height, width, channels } }: SetFingerprint) =>
    `${height} x ${width} x ${channels}`;
  const rows: [words: string, was: string, is: string][] = [
    ['of', shape(was), shape(is)],
    ['in number', String(was.count), String(is.count)],
    ['as', was.type, is.type],
    ['with SHA-256', shorten(was.images), shorten(is.images)],
    ...(was.labels && is.labels
      ? [['with labels of SHA-256', shorten(was.labels), shorten(is.labels)] as [string, string, string]]
      : []),
  ];
  return rows.find(([, a, b]) => a !== b);
}

async function fingerprintOfSet(set: Examples): Promise<SetFingerprint> {
  const { count, shape, labels } = set;
  const { height, width, channels } = shape;
  const { type, sha256 } = await digestOfImages(set);
  return {
    ...{ count, shape: { height, width, channels }, type, images: sha256 },
    ...(labels && { labels: await digest(labels) }),
  };
}

async function digestOfImages(set: Examples): Promise<NonNullable<ImageSource['digest']>> {
  if ('images' in set) return { type: typeOf(set.images), sha256: await digest(set.images) };
  if (set.digest) return set.digest;
  const { count, shape } = set;
  const atOnce = Math.max(1, Math.floor(BYTES_AT_ONCE / pixelCount(shape)));
  const hash = createSha256();
  let type: SetFingerprint['type'] = 'uint8';
  for (let first = 0; first < count; first += atOnce) {
    const { images } = await imagesBetween(set, first, Math.min(count, first + atOnce));
    type = typeOf(images);
    hash.update(bytesOf(images));
  }
  return { type, sha256: hash.digest('hex') };
}

function typeOf(images: ImageSet['images']): SetFingerprint['type'] {
  return images instanceof Uint8Array ? 'uint8' : 'float32';
}

function digest(numbers: Labels | Float32Array): Promise<string> {
  return digestSha256(bytesOf(numbers));
}

function bytesOf({ buffer, byteOffset, byteLength }: Labels | Float32Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

function shorten(hex: string): string {
  return `${hex.slice(0, 12)}...`;
}
