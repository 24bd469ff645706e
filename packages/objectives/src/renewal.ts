import {
  type NamedArrays,
  type NdArray,
  permutation,
  type RandomAddress,
  type TracedProgram,
} from '@latentkit/core';
import type { Codebook, Model } from '@latentkit/models';
import type { Tensor, Tensor4D } from '@tensorflow/tfjs-core';

/** How numbers that no gradient moves are renewed from training images, before an epoch's first step. */
export interface Renewal {
  /** Images that it looks at, the first of the epoch's order. */
  readonly images: number;
  /** Is there anything to renew? */
  isDue(weights: NamedArrays): boolean;
  /** What it looks at, of a batch of images `x`. */
  readonly program: TracedProgram<Tensor>;
  /** What takes the place of which weights, by the program's outputs of those images. */
  renew(weights: NamedArrays, outputs: readonly NamedArrays[], address: RandomAddress): NamedArrays;
}

/** Encodings that a code may begin from, for each code. */
const CANDIDATES = 8;

/**
 * Codes that are hardly used begin anew, each from the encoding of a training image: those whose moving count is at most `revive`
 * times the mean. Of a codebook that was never used, that is all of them. No two begin from the same numbers, which nothing would
 * ever tell apart; where encodings do not suffice, codes stay as they are.
 *
 * @see Dhariwal et al.: "Jukebox" (2020), section 3.1, random restarts
 */
export function codebookRenewal(model: Model): Renewal | undefined {
  const { codebook } = model;
  if (!codebook) return undefined;
  const { size, vectors, vectorSize } = codebook;
  return {
    images: Math.ceil((CANDIDATES * size) / vectors),
    isDue: (weights) => idleCodes(codebook, weights).length > 0,
    program: {
      key: 'encode vectors',
      trace({ parameters, inputs }) {
        const { encoded } = model.encode(parameters, inputs.x as Tensor4D);
        return { outputs: { encoded: encoded! }, guards: [] };
      },
    },
    renew(weights, outputs, address) {
      const arrays = ['vectors', 'counts', 'sums'].map((name) => copyOf(weights[`codebook.${name}`]!));
      const [book, counts, sums] = arrays as [NdArray, NdArray, NdArray];
      const begin = meanOf(counts.data) || 1;
      const candidates = rowsOf(
        outputs.map(({ encoded }) => encoded!.data),
        vectorSize,
      );
      const order = permutation(candidates.length, address);
      const known = new Set(rowsOf([book.data], vectorSize).map(String));
      let next = 0;
      for (const code of idleCodes(codebook, weights)) {
        while (next < order.length && known.has(String(candidates[order[next]!]))) next++;
        const vector = candidates[order[next] ?? -1];
        if (!vector) break;
        known.add(String(vector));
        book.data.set(vector, code * vectorSize);
        counts.data[code] = begin;
        sums.data.set(
          vector.map((value) => value * begin),
          code * vectorSize,
        );
      }
      return { 'codebook.vectors': book, 'codebook.counts': counts, 'codebook.sums': sums };
    },
  };
}

/** Codes that are used at most `revive` times as much as the mean. */
function idleCodes({ revive }: Codebook, weights: NamedArrays): number[] {
  const { data } = weights['codebook.counts']!;
  const mean = meanOf(data);
  if (mean > 0 && revive === 0) return [];
  return Array.from(data, (count, code) => (count <= revive * mean ? code : -1)).filter((code) => code >= 0);
}

const meanOf = (values: Float32Array) => values.reduce((sum, value) => sum + value, 0) / values.length;

const copyOf = ({ shape, data }: NdArray): NdArray => ({ shape, data: data.slice() });

/** The rows of matrices, one after the other. */
function rowsOf(parts: readonly Float32Array[], columns: number): Float32Array[] {
  return parts.flatMap((data) =>
    Array.from({ length: data.length / columns }, (_, row) =>
      data.subarray(row * columns, (row + 1) * columns),
    ),
  );
}
