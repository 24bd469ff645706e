import type { Pictures, ShownData } from '../lab/messages.ts';

/** A finished run, as it is shown. */
export interface Poster {
  readonly data: ShownData;
  readonly pictures: Pictures;
  /** After the last epoch, of validation images, in nats. */
  readonly loss: number;
  /** SHA-256 of its weights. */
  readonly fingerprint: string;
}

/** A code's number in so many parts of one: finer than a pixel of the map at its first zoom. */
const CODE_STEPS = 4096;

/** A poster as JSON: bytes as base64, codes as whole numbers of two bytes. */
export function packPoster({ data, pictures, loss, fingerprint }: Poster) {
  const { type: _, originals, labels, ...ofData } = data;
  const { type: __, means, reconstructions, samples, milliseconds: ___, ...ofPictures } = pictures;
  const codes = Int16Array.from(means, (value) => Math.round(value * CODE_STEPS));
  return {
    ...{ fingerprint, loss },
    data: { ...ofData, originals: toBase64(originals), ...(labels && { labels: toBase64(labels) }) },
    pictures: {
      ...ofPictures,
      codes: toBase64(new Uint8Array(codes.buffer)),
      reconstructions: toBase64(reconstructions),
      ...(samples && { samples: toBase64(samples) }),
    },
  };
}

export type PackedPoster = ReturnType<typeof packPoster>;

/** What {@link packPoster} packed. Its weights are not there: nothing can be decoded by them. */
export function unpackPoster({ fingerprint, loss, data, pictures }: PackedPoster): Poster {
  const { originals, labels, ...ofData } = data;
  const { codes, reconstructions, samples, ...ofPictures } = pictures;
  return {
    ...{ fingerprint, loss },
    data: {
      type: 'data',
      ...ofData,
      originals: fromBase64(originals),
      ...(labels && { labels: fromBase64(labels) }),
    },
    pictures: {
      type: 'pictures',
      ...ofPictures,
      isLast: false,
      means: Float32Array.from(new Int16Array(fromBase64(codes).buffer), (value) => value / CODE_STEPS),
      reconstructions: fromBase64(reconstructions),
      ...(samples && { samples: fromBase64(samples) }),
      milliseconds: 0,
    },
  };
}

function toBase64(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}
