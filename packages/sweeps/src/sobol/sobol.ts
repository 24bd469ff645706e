import { createRandom, LatentkitError, Stream } from '@latentkit/core';
import { checkOptions, checkValue, needed, seedRule, whole } from '@latentkit/core/options';
import { DIRECTION_NUMBERS } from './direction-numbers.ts';

const BITS = 32;

/** Points of the unit cube by their index. */
export interface SobolSequence {
  /** Each number is from 0 to below 1. */
  point(index: number): number[];
}

/** What a dimension's points are made of. */
interface SobolDimension {
  /** By the bit of a Gray code. */
  readonly directions: Uint32Array;
  readonly shift: number;
}

/**
 * A scrambled Sobol sequence: points that fill the unit cube more evenly than random ones, each known from its index alone. Any `2^m`
 * points from a multiple of `2^m` on have one in each of `2^m` equal parts of every dimension. Directions of Joe & Kuo, in the order
 * of Gray codes; scrambled by a random lower triangular matrix and a digital shift of 32 bits a dimension (Matousek 1998).
 *
 * @param dimensions 1 to 40.
 * @throws `E_RANGE` for numbers outside.
 * @example
 * createSobol(2, { seed: 1 }).point(7); // two numbers, the same on every machine
 * @see Sobol (1967); Joe & Kuo (2008); Matousek: "On the L2-discrepancy for anchored boxes" (1998)
 */
export function createSobol(dimensions: number, options: { seed: number }): SobolSequence {
  checkValue('createSobol', 'dimensions', dimensions, whole(1, DIRECTION_NUMBERS.length));
  checkOptions('createSobol', options, { seed: needed(seedRule) });
  const { seed } = options;
  return sequenceOf(
    Array.from({ length: dimensions }, (_, index) => {
      const { word } = createRandom({ seed, stream: Stream.sweep, index });
      const matrix = Uint32Array.from({ length: BITS }, word);
      return { directions: scrambleDirections(directionsOf(index), matrix), shift: word() };
    }),
  );
}

/** The sequence of some dimensions. */
export function sequenceOf(dimensions: readonly SobolDimension[]): SobolSequence {
  return {
    point(index) {
      if (!Number.isSafeInteger(index) || index < 0 || index >= 2 ** BITS) {
        throw new LatentkitError('E_RANGE', `a Sobol sequence has points from 0 to 2^32 - 1, got ${index}`);
      }
      const gray = (index ^ (index >>> 1)) >>> 0;
      return dimensions.map(({ directions, shift }) => {
        let bits = shift;
        for (let i = 0; i < BITS; i++) if ((gray >>> i) & 1) bits ^= directions[i]!;
        return (bits >>> 0) / 2 ** BITS;
      });
    },
  };
}

/** The directions `v_1 ... v_32` of a dimension from 0, each as 32 bits after the point. */
export function directionsOf(dimension: number): Uint32Array {
  const [polynomial, ...first] = DIRECTION_NUMBERS[dimension]!;
  const directions = new Uint32Array(BITS);
  const degree = first.length;
  for (let i = 0; i < BITS; i++) {
    if (dimension === 0) directions[i] = 2 ** (BITS - 1 - i);
    else if (i < degree) directions[i] = first[i]! * 2 ** (BITS - 1 - i);
    else {
      let next = directions[i - degree]! ^ (directions[i - degree]! >>> degree);
      for (let k = 1; k < degree; k++) {
        if ((polynomial >>> (degree - k)) & 1) next ^= directions[i - k]!;
      }
      directions[i] = next;
    }
  }
  return directions;
}

/**
 * Directions times a lower triangular matrix of ones and zeros with ones on its diagonal, both of bits from the highest on: digits after
 * the point depend on those before alone, so that equal parts stay equal parts.
 *
 * @param matrix a row a bit; of row `p` the `p` highest bits are read.
 */
export function scrambleDirections(directions: Uint32Array, matrix: Uint32Array): Uint32Array {
  return directions.map((direction) => {
    let scrambled = 0;
    for (let row = 0; row < BITS; row++) {
      const diagonal = 2 ** (BITS - 1 - row);
      const above = row === 0 ? 0 : matrix[row]! & -(2 ** (BITS - row));
      if (parity((above | diagonal) & direction)) scrambled |= diagonal;
    }
    return scrambled;
  });
}

function parity(bits: number): number {
  let left = bits;
  for (let shift = 16; shift > 0; shift >>= 1) left ^= left >>> shift;
  return left & 1;
}
