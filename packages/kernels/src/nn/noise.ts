import { createRandom, type RandomAddress } from '@latentkit/core';

export interface NoiseKernels {
  /**
   * Standard normal numbers, y `[rows, columns]`: the bits of `normalRows` of `@latentkit/core` at the same address.
   *
   * @throws `E_RANGE` when the seed is not a whole number of 0 to 2^53 - 1.
   */
  normalRows(rows: number, columns: number, address: RandomAddress, y: number): void;
}

/** What assembly/nn exports for {@link NoiseKernels}. */
export interface NoiseExports {
  normalRows(
    rows: number,
    columns: number,
    key0: number,
    key1: number,
    stream: number,
    step: number,
    firstIndex: number,
    y: number,
  ): void;
}

export function createNoise(wasm: NoiseExports): NoiseKernels {
  return {
    normalRows(rows, columns, address, y) {
      createRandom(address); // throws for a seed that core refuses
      const { seed, stream, step = 0, index = 0 } = address;
      wasm.normalRows(rows, columns, seed, Math.floor(seed / 2 ** 32), stream, step, index, y);
    },
  };
}
