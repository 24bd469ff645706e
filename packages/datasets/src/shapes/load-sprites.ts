import {
  type Dataset,
  type ImageSet,
  LatentkitError,
  permutation,
  Stream,
  sizeOfShape,
} from '@latentkit/core';
import { parseNpy, parseNpyStart, readZip, type ZipFile } from '@latentkit/formats';
import type { FileSource } from '../download/file-source.ts';
import { SHAPE_NAMES, SHAPE_SIDE } from './draw-shape.ts';

/** What dSprites is called where it is published. */
export const SPRITES_FILE = 'dsprites_ndarray_co1sh3sc6or40x32y32_64x64.npz';
/** In the order of its classes; all of one colour. */
const LATENTS = ['color', 'shape', 'scale', 'orientation', 'x', 'y'];
// It unpacks to 3 GB, 116 times its own.
const LIMITS = { maxBytes: 2 ** 32, maxRatio: 1000 };
const NUMBERS = SHAPE_SIDE * SHAPE_SIDE;

export interface SpritesCut {
  /** Training images; all that are not judged by, where there are fewer. */
  train: number;
  /** Images to judge by. */
  validation: number;
}

/**
 * The published file of dSprites: every shape in every scale, orientation and place, with what it was made from. Which images are learned
 * from, and which are to judge by, is drawn once and for all; the file is unpacked some bytes at a time, and only those are kept.
 *
 * @throws `E_NOT_FOUND` where it is not in the folder; `E_FORMAT` for a file that is another, or damaged; `E_RANGE` for too few images.
 * @see Matthey, Higgins, Hassabis & Lerchner: "dSprites: disentanglement testing sprites dataset" (2017)
 */
export async function loadSprites(source: FileSource, { train, validation }: SpritesCut): Promise<Dataset> {
  const bytes = await source.read(SPRITES_FILE);
  if (!bytes) {
    throw new LatentkitError('E_NOT_FOUND', `shapes: ${source.location} has no ${SPRITES_FILE}`, {
      fix: 'Put the file there, which https://github.com/google-deepmind/dsprites-dataset has, or leave the folder out: shapes are drawn then.',
    });
  }
  const files = readZip(bytes, LIMITS);
  const classes = await readClasses(fileOf(files, 'latents_classes.npy'));
  const [count] = classes.shape as [number];
  if (count < validation + 1) {
    throw new LatentkitError(
      'E_RANGE',
      `shapes: ${SPRITES_FILE} has ${count} images, which leaves none to learn from beside ${validation} to judge by`,
    );
  }
  const order = permutation(count, { seed: 0, stream: Stream.split });
  const learned = order.subarray(0, Math.min(train, count - validation));
  const judged = order.subarray(count - validation);
  const images = await readImages(fileOf(files, 'imgs.npy'), count, [learned, judged]);
  const setOf = (indices: Uint32Array, some: Uint8Array<ArrayBuffer>) => toSet(indices, some, classes);
  return {
    name: 'shapes',
    train: setOf(learned, images[0]!),
    validation: setOf(judged, images[1]!),
    classNames: SHAPE_NAMES,
  };
}

function fileOf(files: readonly ZipFile[], name: string): ZipFile {
  const found = files.find((file) => file.name === name);
  if (found) return found;
  throw new LatentkitError('E_FORMAT', `shapes: ${SPRITES_FILE} has no array ${name.replace('.npy', '')}`, {
    fix: 'Take the file as it is published.',
  });
}

/** `[count, 6]`, whole numbers from 0. */
async function readClasses(file: ZipFile) {
  const { shape, data } = parseNpy(await file.read());
  const isClass = (value: number) => Number.isInteger(value) && value >= 0;
  if (shape.length === 2 && shape[1] === LATENTS.length && data.every(isClass)) return { shape, data };
  throw new LatentkitError(
    'E_FORMAT',
    `shapes: ${SPRITES_FILE} has latents_classes of [${shape.join(', ')}], expected whole numbers from 0, [images, ${LATENTS.length}]`,
    { fix: 'Take the file as it is published.' },
  );
}

/** Some images of all, white 255: each list of indices gives an array of them, in its order. */
async function readImages(
  file: ZipFile,
  count: number,
  wanted: readonly Uint32Array[],
): Promise<Uint8Array<ArrayBuffer>[]> {
  const out = wanted.map((indices) => new Uint8Array(indices.length * NUMBERS));
  // Where an image goes: its list and its place there; nowhere for most.
  const places = new Map(
    wanted.flatMap((indices, list) => Array.from(indices, (index, at) => [index, [list, at]] as const)),
  );
  let offset: number | undefined; // of the numbers, known from the first bytes
  let [done, left] = [0, new Uint8Array(0)];
  const put = (image: Uint8Array, index: number) => {
    const place = places.get(index);
    if (!place) return;
    const [list, at] = place;
    const to = out[list]!.subarray(at * NUMBERS, (at + 1) * NUMBERS);
    for (let i = 0; i < NUMBERS; i++) {
      if (image[i]! > 1) {
        throw new LatentkitError(
          'E_FORMAT',
          `shapes: expected pixels of 0 and 1 in ${SPRITES_FILE}, got ${image[i]} in image ${index}`,
        );
      }
      to[i] = 255 * image[i]!;
    }
  };
  for await (const chunk of file.chunks()) {
    let bytes = chunk;
    if (left.length > 0) {
      bytes = new Uint8Array(left.length + chunk.length);
      bytes.set(left);
      bytes.set(chunk, left.length);
    }
    let at = 0;
    if (offset === undefined) {
      offset = startOf(bytes, count);
      at = offset;
    }
    for (; at + NUMBERS <= bytes.length; at += NUMBERS) put(bytes.subarray(at, at + NUMBERS), done++);
    left = bytes.slice(at);
  }
  if (done === count && left.length === 0) return out;
  throw new LatentkitError(
    'E_FORMAT',
    `shapes: ${SPRITES_FILE} has numbers of ${done} images, and says it has ${count}`,
    { fix: 'Take the file as it is published.' },
  );
}

/** Where the numbers of an array of images begin. */
function startOf(bytes: Uint8Array, count: number): number {
  const { descr, shape, fortranOrder, offset } = parseNpyStart(bytes);
  const expected = [count, SHAPE_SIDE, SHAPE_SIDE];
  if (descr === '|u1' && !fortranOrder && sizeOfShape(shape) === sizeOfShape(expected) && shape[0] === count)
    return offset;
  throw new LatentkitError(
    'E_FORMAT',
    `shapes: expected imgs of [${expected.join(', ')}] bytes in ${SPRITES_FILE}, got '${descr}' of [${shape.join(', ')}]`,
    { fix: 'Take the file as it is published.' },
  );
}

function toSet(
  indices: Uint32Array,
  images: Uint8Array<ArrayBuffer>,
  { shape: [count = 0], data }: { readonly shape: readonly number[]; readonly data: ArrayLike<number> },
): ImageSet {
  const columns = LATENTS.map((_, column) => {
    let most = 0;
    for (let i = 0; i < count; i++) most = Math.max(most, data[i * LATENTS.length + column]!);
    return { column, size: most + 1 };
  }).filter(({ column, size }) => size > 1 && column > 0);
  const values = Float32Array.from({ length: indices.length * columns.length }, (_, i) => {
    const { column } = columns[i % columns.length]!;
    return data[indices[Math.floor(i / columns.length)]! * LATENTS.length + column]!;
  });
  return {
    shape: { height: SHAPE_SIDE, width: SHAPE_SIDE, channels: 1 },
    ...{ count: indices.length, images },
    labels: Uint8Array.from(indices, (index) => data[index * LATENTS.length + 1]!),
    factors: {
      names: columns.map(({ column }) => LATENTS[column]!),
      sizes: columns.map(({ size }) => size),
      values,
    },
  };
}
