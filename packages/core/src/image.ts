/** Size of an image in pixels and the number of its colour channels. Images are stored row by row, channels last. */
export interface ImageShape {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

/** Images in memory: `count x height x width x channels` numbers, bytes (0 to 255) or floats (0 to 1), maybe with a label each. */
export interface ImageSet {
  readonly shape: ImageShape;
  readonly count: number;
  readonly images: Uint8Array | Float32Array;
  readonly labels?: Uint8Array;
}

/** A dataset split for training: what the model learns from, and what it is judged by. */
export interface Dataset {
  readonly name: string;
  readonly train: ImageSet;
  readonly validation: ImageSet;
  /** What label `i` stands for. */
  readonly classNames?: readonly string[];
}

/** Some images of a set, scaled to floats in [0, 1]: `[size, height, width, channels]`. */
export interface Batch {
  readonly shape: ImageShape;
  readonly size: number;
  readonly images: Float32Array;
  /** Each image's index in its set. */
  readonly indices: Uint32Array;
}

/** Numbers in one image. */
export function pixelCount({ height, width, channels }: ImageShape): number {
  return height * width * channels;
}
