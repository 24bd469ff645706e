import { createRandom, type RandomAddress } from '@latentkit/core';

export interface NoiseKernels {
  /**
   * Standard normal numbers, y `[rows, columns]`: the bits of `normalRows` of `@latentkit/core` at the same address.
   *
   * @throws `E_RANGE` for a seed or a first word that core refuses.
   */
  normalRows(rows: number, columns: number, address: RandomAddress, y: number): void;
  /** As `normalRows`, but uniform in [0, 1). */
  uniformRows(rows: number, columns: number, address: RandomAddress, y: number): void;
}

type DrawRows = (
  rows: number,
  columns: number,
  key0: number,
  key1: number,
  stream: number,
  step: number,
  firstIndex: number,
  firstBlock: number,
  skipped: number,
  y: number,
) => void;

/** What assembly/nn exports for {@link NoiseKernels}. */
export type NoiseExports = Record<keyof NoiseKernels, DrawRows>;

export function createNoise(wasm: NoiseExports): NoiseKernels {
  const by =
    (draw: DrawRows): NoiseKernels['normalRows'] =>
    (rows, columns, address, y) => {
      createRandom(address); // throws for what core refuses
      const { seed, stream, step = 0, index = 0, word = 0 } = address;
      const block = Math.floor(word / 4);
      draw(rows, columns, seed, Math.floor(seed / 2 ** 32), stream, step, index, block, word % 4, y);
    };
  return { normalRows: by(wasm.normalRows), uniformRows: by(wasm.uniformRows) };
}
