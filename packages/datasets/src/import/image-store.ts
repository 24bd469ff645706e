import {
  type Examples,
  type ImageShape,
  type ImageSource,
  LatentkitError,
  pixelCount,
} from '@latentkit/core';
import { parseBmp, parseGif, parsePng } from '@latentkit/formats';
import { type Background, type Fit, fitImage, type Picture } from './fit-image.ts';
import {
  type DecodedImage,
  type FlatImage,
  flattenImage,
  toGrey,
  toRgb,
  withoutColor,
} from './flatten-image.ts';
import { type PictureSize, readImageSize } from './image-size.ts';
import type { ImageFormat } from './recognize-file.ts';
import type { ImportLimits, LeafFile } from './unpack-files.ts';
import { uprightImage } from './upright-image.ts';

/** What is known of an image before it is decoded. */
export interface ImageHeader extends PictureSize {
  readonly format: ImageFormat;
}

/** Decodes a JPEG or a WebP, turned as the camera was held. What it throws is why a file is skipped. */
export type DecodeImage = (bytes: Uint8Array, header: ImageHeader) => DecodedImage | Promise<DecodedImage>;

/** Where pictures lie that are not kept in memory. */
export interface PictureRoom {
  /** Keeps bytes, and says where. */
  put(bytes: Uint8Array): number;
  get(place: number, length: number): Uint8Array;
}

export interface ImageStoreOptions {
  decode: DecodeImage | undefined;
  size: PictureSize | undefined;
  channels: 1 | 3 | 'auto';
  fit: Fit;
  background: Background;
  limits: ImportLimits;
  /** In memory without one. */
  room?: PictureRoom | undefined;
}

/** Images of one size, in the order of their names. */
export interface StoredImages {
  readonly names: readonly string[];
  /** An image a name; read where there is a room for them. */
  readonly set: Examples;
  readonly notes: readonly string[];
}

export interface ImageStore {
  readonly count: number;
  /** An image on its background; throws why it cannot be had. Its size is looked at before it is decoded. */
  decode(file: LeafFile, format: ImageFormat): Promise<FlatImage>;
  /** Brings an image to its size and keeps it. */
  keep(name: string, image: FlatImage): void;
  /** All of them; the store is empty then. */
  take(): StoredImages;
}

const SHOWN_SIZES = 4;

/** Where images are kept until all are read, as small as they end up. */
export function createImageStore(options: ImageStoreOptions): ImageStore {
  const { size, channels, fit, background, limits, room } = options;
  const kept = new Map<string, KeptPicture>();
  const sizes = new Map<string, number>(); // as stored
  let [numbers, count, reshaped, transparent] = [0, 0, 0, 0];

  function toSize(flat: Picture): Picture {
    const color = channels === 1 ? toGrey(flat) : withoutColor(flat);
    if (size === undefined) return color;
    if (flat.width * size.height !== flat.height * size.width) reshaped++;
    return fitImage(color, size, { fit, background });
  }

  /** In memory, each picture leaving the place where it was kept; or read where they lie. */
  function pixelsOf(names: readonly string[], shape: ImageShape) {
    if (room)
      return {
        read: readOf(
          names.map((name) => kept.get(name)!),
          shape,
          room,
        ),
      };
    const length = pixelCount(shape);
    const images = new Uint8Array(names.length * length);
    for (const [i, name] of names.entries()) {
      images.set(colored(kept.get(name)!, shape.channels, room).data, i * length);
      kept.delete(name);
    }
    return { images };
  }

  return {
    get count() {
      return count;
    },
    async decode(file, format) {
      const header = { ...readImageSize(file.bytes, format), format };
      checkSize(header, limits);
      const image = await decodeBy(options.decode, file, header);
      checkDecoded(header, image);
      return flattenImage(image, background);
    },
    keep(name, { picture, wasTransparent }) {
      const stored = `${picture.width} x ${picture.height}`;
      sizes.set(stored, (sizes.get(stored) ?? 0) + 1);
      count++;
      if (wasTransparent) transparent++;
      if (size === undefined && sizes.size > 1) return; // it will be refused: only the sizes are counted
      const small = toSize(picture);
      numbers += small.data.length;
      if (numbers > limits.numbers) throw tooLarge(limits);
      kept.set(name, room ? { ...small, data: room.put(small.data) } : small);
    },
    take() {
      if (size === undefined && sizes.size > 1) throw mixedSizes(sizes);
      const names = [...kept.keys()].sort();
      const [first] = kept.values();
      const { width, height } = first!;
      const isColor =
        channels === 3 || (channels === 'auto' && [...kept.values()].some((one) => one.channels === 3));
      const shape = { height, width, channels: isColor ? 3 : 1 };
      const length = width * height * shape.channels;
      if (names.length * length > limits.numbers) throw tooLarge(limits);
      const set = { shape, count: names.length, ...pixelsOf(names, shape) };
      const of = `of the ${showCount(names.length)} images`;
      const changed = {
        crop: 'lose what is too long on both sides',
        pad: `get ${background} edges`,
        stretch: 'are stretched',
      };
      const notes = [
        reshaped > 0 &&
          `${showCount(reshaped)} ${of} have another shape than ${width} x ${height} and ${changed[fit]} (fit: ${fit})`,
        transparent > 0 &&
          `${showCount(transparent)} ${of} have transparent parts, which are ${background} (background: ${background})`,
      ];
      return { names, set, notes: notes.filter((note) => note !== false) };
    },
  };
}

/** A picture in memory, or whose data lie at a place in a room. */
type KeptPicture = Omit<Picture, 'data'> & { readonly data: Uint8Array | number };

/** With as many channels as are wanted. */
function colored({ data, ...picture }: KeptPicture, wanted: number, room: PictureRoom | undefined): Picture {
  const { width, height, channels } = picture;
  const bytes = typeof data === 'number' ? room!.get(data, width * height * channels) : data;
  return wanted === 3 ? toRgb({ ...picture, data: bytes }) : { ...picture, data: bytes };
}

function readOf(pictures: readonly KeptPicture[], shape: ImageShape, room: PictureRoom): ImageSource['read'] {
  const length = pixelCount(shape);
  return (indices) => {
    const data = new Uint8Array(indices.length * length);
    for (const [i, index] of indices.entries()) {
      data.set(colored(pictures[index]!, shape.channels, room).data, i * length);
    }
    const x = { shape: [indices.length, shape.height, shape.width, shape.channels], data };
    return { size: indices.length, indices, x };
  };
}

/** PNG, GIF and BMP are read here; what decodes the others turns them as the camera was held. */
async function decodeBy(
  decode: DecodeImage | undefined,
  { bytes, kind }: LeafFile,
  header: ImageHeader,
): Promise<DecodedImage> {
  const { format } = header;
  const room = { maxPixels: header.width * header.height };
  if (format === 'png') return uprightImage(await parsePng(bytes, room), bytes, format);
  if (format === 'gif') return parseGif(bytes, room);
  if (format === 'bmp') return parseBmp(bytes, room);
  if (decode) return decode(bytes, header);
  throw new LatentkitError('E_USAGE', `it is ${kind.what}, and nothing is given to decode it (decode)`, {
    fix: 'Pass createImageDecoder() of @latentkit/datasets/decode, or save it as PNG.',
  });
}

function checkSize({ width, height }: PictureSize, { pixels, side }: ImportLimits): void {
  if (width * height <= pixels && Math.max(width, height) <= side) return;
  const most = `${showCount(pixels)} pixels and ${showCount(side)} a side`;
  throw new LatentkitError('E_LIMIT', `it says ${width} x ${height} pixels, more than ${most}`);
}

/** A camera may have been turned, which decoders undo. */
function checkDecoded({ width, height }: PictureSize, image: DecodedImage): void {
  const { width: w, height: h } = Object(image) as DecodedImage;
  if ((w === width && h === height) || (w === height && h === width)) return;
  throw new LatentkitError(
    'E_FORMAT',
    `it says ${width} x ${height} pixels, and its decoder gave ${w} x ${h}`,
  );
}

const showCount = (value: number) => value.toLocaleString('en-US');

function tooLarge({ numbers }: ImportLimits): LatentkitError {
  return new LatentkitError(
    'E_LIMIT',
    `importFiles: the images come to more than ${numbers} numbers (limits.numbers)`,
    { fix: 'Choose a smaller size (size: 28, --size 28), or fewer images.' },
  );
}

function mixedSizes(sizes: ReadonlyMap<string, number>): LatentkitError {
  const most = [...sizes].sort(([, a], [, b]) => b - a);
  const shown = most.slice(0, SHOWN_SIZES).map(([size, count]) => `${count} of ${size}`);
  const more = most.length > SHOWN_SIZES ? ` and ${most.length - SHOWN_SIZES} other sizes` : '';
  return new LatentkitError(
    'E_SHAPE',
    `importFiles: the images have several sizes: ${shown.join(', ')}${more}`,
    {
      fix: 'Choose one for all of them (size: 28, --size 28).',
    },
  );
}
