import { type ImageSet, LatentkitError } from '@latentkit/core';
import { checkValue, having } from '@latentkit/core/options';
import type { Codes } from '@latentkit/models';

/** Codes of images, and what is known of these. */
export interface RunCodes extends Codes {
  readonly latentDim: number;
  /** The images' classes, -1 for none. */
  readonly labels?: Int32Array;
  readonly classNames?: readonly string[];
  /** Of a file's: where each stands in it, from 0, where they are not all of it in its order. */
  readonly places?: ArrayLike<number>;
  /** What the mean codes decode to, where that was asked for: `[images, height, width, channels]`. */
  readonly reconstructions?: Pick<ImageSet, 'shape'> & { readonly images: Float32Array };
  /** Of a shard: how many images are before its own. */
  readonly first?: number;
  readonly recipe: string;
  /** Which images: 'test images of mnist'. */
  readonly of: string;
}

/** A file to write. */
export interface CodesFile {
  readonly name: string;
  readonly content: string | Uint8Array;
}

/** What of codes is written. */
export type WrittenCodes = Omit<RunCodes, 'recipe' | 'of'>;

const codesRule = having('codes', { mean: 'object', latentDim: 'number' }, 'encodeRun(directory) gives them');

/**
 * How many codes there are.
 *
 * @throws `E_SHAPE` for codes that are no whole number of rows; `E_USAGE` for what are no codes.
 */
export function countCodes(where: string, codes: WrittenCodes): number {
  checkValue(where, 'codes', codes, codesRule);
  const { mean, logVar, latentDim } = codes;
  const count = mean.length / latentDim;
  if (Number.isInteger(count) && count >= 1 && (!logVar || logVar.length === mean.length)) return count;
  throw new LatentkitError(
    'E_SHAPE',
    `${where}: expected whole codes of ${latentDim} numbers, got ${mean.length}`,
  );
}

/** @throws `E_USAGE` for reconstructions: a table does not hold them. */
export function checkNoImages(where: string, { reconstructions }: WrittenCodes, format: string): void {
  if (!reconstructions) return;
  throw new LatentkitError('E_USAGE', `${where}: reconstructions are images, which ${format} does not hold`, {
    fix: 'Write them as npy: --format npy',
  });
}

/** Codes as the columns of a table, a row an image: where it stands, what it is called where its class has a name, its code. */
export function codesTable(
  { mean, logVar, codes: chosen, latentDim, labels, classNames, places, first = 0 }: WrittenCodes,
  count: number,
) {
  const vectors = (chosen?.length ?? 0) / count;
  const column = (data: Float32Array, d: number) =>
    Float32Array.from({ length: count }, (_, i) => data[i * latentDim + d]!);
  const columns = (prefix: string, data: Float32Array) =>
    Array.from({ length: latentDim }, (_, d) => ({ name: `${prefix}_${d + 1}`, data: column(data, d) }));
  return {
    index: {
      name: 'index',
      data: Int32Array.from({ length: count }, (_, i) => places?.[i] ?? first + i),
    },
    names: labels && classNames && Array.from(labels, (label) => classNames[label] ?? ''),
    numbers: [
      ...Array.from({ length: vectors }, (_, d) => ({
        name: `code_${d + 1}`,
        data: Int32Array.from({ length: count }, (_, i) => chosen![i * vectors + d]!),
      })),
      ...columns('mean', mean),
      ...(logVar ? columns('log_var', logVar) : []),
    ],
  };
}
