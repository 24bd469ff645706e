import { LatentkitError } from '@latentkit/core';
import { instantiateKernels } from '../instantiate-kernels.ts';
import type { KernelMemory } from '../kernel-memory.ts';
import { withScratch } from '../with-scratch.ts';
import { type Arithmetic, strict } from './arithmetic.ts';
import { createDepthwise, type DepthwiseExports, type DepthwiseKernels } from './depthwise.ts';
import { createElementwise, type ElementwiseExports, type ElementwiseKernels } from './elementwise.ts';
import { type Epilogue, epilogueArguments } from './epilogue.ts';
import { type ConvolutionGeometry, GEOMETRY_FIELDS } from './geometry.ts';
import { createNoise, type NoiseExports, type NoiseKernels } from './noise.ts';
import { createOptimizerKernels, type OptimizerExports, type OptimizerKernels } from './optimizers.ts';
import { createVariational, type VariationalExports, type VariationalKernels } from './variational.ts';
import { whyNotFused } from './why-not-fused.ts';

/** Columns of the tiles that products are computed by: 8, or 16. */
export type Tile = 'narrow' | 'wide';

/** A matrix operand: where it starts, and the distance in numbers from a row, and from a column, to the next. */
export interface MatrixView {
  pointer: number;
  rowStride: number;
  columnStride: number;
}

/** Kernels of neural networks on float32 in one WebAssembly memory. All pointers are byte offsets into it. */
export interface NnKernels
  extends DepthwiseKernels,
    ElementwiseKernels,
    NoiseKernels,
    OptimizerKernels,
    VariationalKernels {
  /** Where the operands are, and what gives room. */
  readonly memory: KernelMemory;
  /** How sums of products are rounded. */
  readonly arithmetic: Arithmetic['name'];
  /**
   * The tile that products and convolutions use from now on; `narrow` at first. Results are the same bits, only the time
   * differs: see `chooseTile`.
   */
  setTile(tile: Tile): void;
  /** `c = activation(a b + bias)`: a is `[m, k]`, b is `[k, n]`, c is `[m, n]`, dense. */
  gemm(m: number, n: number, k: number, a: MatrixView, b: MatrixView, c: number, epilogue?: Epilogue): void;
  /** Lays a right operand `[k, n]` out once for all products by it, in `packedBytes(n, k)` bytes; whichever the tile. */
  packRight(n: number, k: number, b: MatrixView, packed: number): void;
  /** As `gemm`, to the same bits, by a b that `packRight` has packed. */
  gemmPacked(
    m: number,
    n: number,
    k: number,
    a: MatrixView,
    packed: number,
    c: number,
    epilogue?: Epilogue,
  ): void;
  /** `y = activation(x * filter + bias)`; filter `[windowHeight, windowWidth, channels, outChannels]`. */
  convolve(
    geometry: ConvolutionGeometry,
    outChannels: number,
    x: number,
    filter: number,
    y: number,
    epilogue?: Epilogue,
  ): void;
  /** Gradient of `convolve` with respect to x; also the transposed convolution of `dy`, with its bias a channel. */
  convolveBackpropInput(
    geometry: ConvolutionGeometry,
    outChannels: number,
    dy: number,
    filter: number,
    dx: number,
    epilogue?: Epilogue,
  ): void;
  /** Gradient of `convolve` with respect to the filter: a sum for each `FILTER_CHUNK_IMAGES` images, then theirs. */
  convolveBackpropFilter(
    geometry: ConvolutionGeometry,
    outChannels: number,
    x: number,
    dy: number,
    dFilter: number,
  ): void;
  /** Gradient of max pooling: each window's `dy` goes to its first largest element. */
  maxPoolBackprop(geometry: ConvolutionGeometry, x: number, dy: number, dx: number): void;
}

/** What assembly/nn/index.ts exports. */
interface NnExports
  extends DepthwiseExports,
    ElementwiseExports,
    NoiseExports,
    OptimizerExports,
    VariationalExports {
  gemmScratch(): number;
  convolveScratch(outChannels: number): number;
  backpropInputScratch(outChannels: number): number;
  backpropFilterScratch(outChannels: number): number;
  setWide(wide: number): void;
  setGeometry(...sizes: number[]): void;
  gemm(...args: number[]): void;
  gemmPacked(...args: number[]): void;
  packRight(...args: number[]): void;
  convolve(...args: number[]): void;
  convolveBackpropInput(...args: number[]): void;
  convolveBackpropFilter(...args: number[]): void;
  maxPoolBackprop(x: number, dy: number, dx: number): void;
}

/**
 * Compiles the kernels into a memory: tfjs's own, or one of {@link createKernelMemory}.
 *
 * Arithmetic is float32 in a fixed order: the same bits on every engine and machine; of `fused`, on all that have it.
 *
 * @throws `E_BACKEND` where the engine will not compile them, or does not fuse and is to.
 * @example
 * const memory = createKernelMemory();
 * const nn = await createNnKernels(memory);
 */
export async function createNnKernels(
  memory: KernelMemory,
  { arithmetic = strict }: { arithmetic?: Arithmetic | undefined } = {},
): Promise<NnKernels> {
  if (arithmetic.name === 'fused') checkFuses();
  const wasm = await instantiateKernels<NnExports>(arithmetic.binary, memory);

  return {
    memory,
    arithmetic: arithmetic.name,
    setTile(tile) {
      wasm.setWide(tile === 'wide' ? 1 : 0);
    },
    gemm(m, n, k, a, b, c, epilogue) {
      withScratch(memory, wasm.gemmScratch(), (scratch) =>
        wasm.gemm(
          ...[m, n, k, a.pointer, a.rowStride, a.columnStride, b.pointer, b.rowStride, b.columnStride],
          ...[c, n, ...epilogueArguments(epilogue), scratch],
        ),
      );
    },
    packRight: (n, k, b, packed) => wasm.packRight(n, k, b.pointer, b.rowStride, b.columnStride, packed),
    gemmPacked(m, n, k, a, packed, c, epilogue) {
      withScratch(memory, wasm.gemmScratch(), (scratch) =>
        wasm.gemmPacked(
          ...[m, n, k, a.pointer, a.rowStride, a.columnStride, packed, c, n],
          ...[...epilogueArguments(epilogue), scratch],
        ),
      );
    },
    convolve(geometry, outChannels, x, filter, y, epilogue) {
      wasm.setGeometry(...GEOMETRY_FIELDS.map((field) => geometry[field]));
      withScratch(memory, wasm.convolveScratch(outChannels), (scratch) =>
        wasm.convolve(x, filter, ...epilogueArguments(epilogue), y, outChannels, scratch),
      );
    },
    convolveBackpropInput(geometry, outChannels, dy, filter, dx, epilogue) {
      wasm.setGeometry(...GEOMETRY_FIELDS.map((field) => geometry[field]));
      withScratch(memory, wasm.backpropInputScratch(outChannels), (scratch) =>
        wasm.convolveBackpropInput(dy, filter, ...epilogueArguments(epilogue), dx, outChannels, scratch),
      );
    },
    convolveBackpropFilter(geometry, outChannels, x, dy, dFilter) {
      wasm.setGeometry(...GEOMETRY_FIELDS.map((field) => geometry[field]));
      withScratch(memory, wasm.backpropFilterScratch(outChannels), (scratch) =>
        wasm.convolveBackpropFilter(x, dy, dFilter, outChannels, scratch),
      );
    },
    ...createDepthwise(wasm),
    ...createElementwise(wasm),
    ...createNoise(wasm),
    ...createOptimizerKernels(wasm),
    ...createVariational(wasm),
    maxPoolBackprop(geometry, x, dy, dx) {
      wasm.setGeometry(...GEOMETRY_FIELDS.map((field) => geometry[field]));
      wasm.maxPoolBackprop(x, dy, dx);
    },
  };
}

function checkFuses(): void {
  const obstacle = whyNotFused();
  if (!obstacle) return;
  throw new LatentkitError('E_BACKEND', `arithmetic 'fused': ${obstacle}`, {
    fix: "Leave arithmetic out ('strict' computes everywhere), or use Node >= 22.12 or a browser of 2024 on a processor with fused multiply-add",
  });
}
