import { LatentkitError, type NdArray } from '@latentkit/core';
import type { Activation } from '@latentkit/models';

/** How a transposed convolution of another program comes to its size, along both axes. */
export interface Placement {
  readonly padding: 'same' | 'valid';
  /** Pixels cut off afterwards: `[[top, bottom], [left, right]]`. */
  readonly crop: readonly (readonly [number, number])[];
}

/** A layer of another program's file that has weights; what a file does not say is absent. */
export interface FoundLayer {
  /** As the file calls it. */
  readonly name: string;
  readonly type: 'dense' | 'convolution' | 'transposedConvolution';
  /** `[in, out]`; `[height, width, in, out]`; of a transposed convolution `[height, width, out, in]`. */
  readonly kernel: NdArray;
  readonly bias?: NdArray;
  readonly activation?: Activation | 'sigmoid';
  readonly stride?: number;
  readonly placement?: Placement;
  /** What each class adds to its product, `[classes, ...]`, where the file says that it belongs to this layer. */
  readonly condition?: NdArray;
}

/** A model of another program: its layers with weights, in the order that they run. */
export interface FoundNetwork {
  readonly encoder: readonly FoundLayer[];
  readonly decoder: readonly FoundLayer[];
  /** `[height, width, channels]`, where the file says it. */
  readonly image?: readonly number[];
  /** Whether numbers of an image lie channel by channel where it is laid out for a dense layer. */
  readonly channelsFirst: boolean;
  /** Whether its convolutions pad both sides alike, as they must where only one number says it. */
  readonly evenPadding?: boolean;
}

/** What no model of Latentkit has, by name. */
export function unlike(where: string, words: string): LatentkitError {
  return new LatentkitError('E_FORMAT', `${where}: ${words}`, {
    fix: 'Latentkit has dense layers, and square convolutions of one kernel size, stride and activation an encoder or decoder',
  });
}

/** What a layer makes of numbers: how many of which. */
export const inputsOf = ({ type, kernel: { shape } }: FoundLayer) =>
  type === 'dense' ? shape[0]! : type === 'convolution' ? shape[2]! : shape[3]!;

/** How many numbers, or channels, it makes. */
export const unitsOf = ({ type, kernel: { shape } }: FoundLayer) =>
  type === 'dense' ? shape[1]! : type === 'convolution' ? shape[3]! : shape[2]!;
