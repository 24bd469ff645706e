import type { NdArray } from './nd-array.ts';
import type { TableColumn } from './table-column.ts';

/**
 * Size of an image in pixels and the number of its colour channels. Images are stored row by row, channels last; a row of a
 * table is an image of `{ height: 1, width: columns, channels: 1 }`.
 */
export interface ImageShape {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

/** A class for each example, whole numbers from 0; the arrays of 16 and 32 bits are for more than 256 classes. */
export type Labels = Uint8Array | Uint16Array | Uint32Array;

/** What each example was made from, for evaluation. */
export interface Factors {
  readonly names: readonly string[];
  /** How many values a factor takes, which are then whole numbers from 0; 0 for one that takes any. */
  readonly sizes: readonly number[];
  /** `[count, names.length]`, example by example. */
  readonly values: Float32Array;
}

/** The examples of a set whose classes may be learned from, where those of the others are not to be known. */
export interface LabelledPart {
  /** Their places in the set, each once. */
  readonly indices: Uint32Array;
  /** The part of every batch that is of them, at most 1: they come again and again as the others come once. */
  readonly share: number;
}

/** Examples in memory: `count x height x width x channels` numbers, bytes (0 to 255) or floats (0 to 1; any numbers where a likelihood reads such). */
export interface ImageSet {
  readonly shape: ImageShape;
  readonly count: number;
  readonly images: Uint8Array | Float32Array;
  readonly labels?: Labels;
  readonly factors?: Factors;
  /** Whose labels training may read; all of them by default. */
  readonly labelled?: LabelledPart;
}

/** Examples that are somewhere else (on disk, behind a network, computed), and read when a batch of them is wanted. */
export interface ImageSource {
  readonly shape: ImageShape;
  readonly count: number;
  /** Of every example, where they are known before it is read; else batches may bring them. */
  readonly labels?: Labels;
  readonly factors?: Factors;
  /** Whose labels training may read; all of them by default. */
  readonly labelled?: LabelledPart;
  /** Of all its numbers, one behind the other, where it is known before they are read. */
  readonly digest?: { readonly type: 'uint8' | 'float32'; readonly sha256: string };
  /** The examples at some indices, in their order: bytes or floats, at once or later. */
  read(
    indices: Uint32Array,
  ): Batch<Uint8Array | Float32Array> | PromiseLike<Batch<Uint8Array | Float32Array>>;
}

/** What can be trained on and judged by. */
export type Examples = ImageSet | ImageSource;

/** A dataset split for training; in memory, unless it says otherwise. */
export interface Dataset<Set extends Examples = ImageSet> {
  readonly name: string;
  /** What the model learns from. */
  readonly train: Set;
  /** What epochs are compared by. */
  readonly validation: Set;
  /** What results are reported on. The same set as `validation` where nothing was held out to choose the epoch by. */
  readonly test?: Set;
  /** The images of `validation` are among those of `train`: what is measured on them says nothing of images that the model has not seen. */
  readonly learnsFromJudges?: boolean;
  /** What label `i` stands for. */
  readonly classNames?: readonly string[];
  /** Of a table: what the numbers of a row are. */
  readonly columns?: readonly TableColumn[];
}

/** Some examples of a set. */
export interface Batch<Data = Float32Array> {
  readonly size: number;
  /** Each example's index in its set. */
  readonly indices: Uint32Array;
  /** `[size, height, width, channels]`. */
  readonly x: NdArray<Data>;
  /** Each example's class, where the set has classes. */
  readonly labels?: Labels;
  /** 1 for each example whose class may be learned from, 0 for the others; where there are others. */
  readonly labelled?: Uint8Array;
}

/** Numbers in one image. */
export function pixelCount({ height, width, channels }: ImageShape): number {
  return height * width * channels;
}
