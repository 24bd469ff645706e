import { createKernelMemory } from '@latentkit/kernels';
import {
  createNnKernels,
  enableRevectorization,
  type MatrixView,
  setFastestTile,
} from '@latentkit/kernels/nn';
import type { Work } from '../work.ts';
import type { Deviations } from './deviations.ts';
import type { Products } from './products.ts';

// Of how many numbers a product is summed in float32 before it goes on in float64.
const DEPTH = 512;
// Columns of a symmetric product that are computed at a time, from the first row to the diagonal.
const PANEL = 128;
// Numbers of a block of deviations.
const BLOCK_NUMBERS = 2 ** 22;
// Multiply-adds of a step.
const STEP_WORK = 2 ** 27;
// Only a very large matrix of directions needs so much.
const MAX_BYTES = 2 ** 31;

/** Products by WebAssembly, in float32: sums of up to 512 products are added up in float64. */
export async function createGemmProducts(): Promise<Products> {
  enableRevectorization();
  const memory = createKernelMemory({ maxBytes: MAX_BYTES });
  const nn = await createNnKernels(memory);
  setFastestTile(nn);
  const floats = (pointer: number, length: number) => new Float32Array(memory.memory.buffer, pointer, length);

  /** Room for blocks of some sizes, for as long as `use` goes on. */
  function* withRoom<Result>(
    sizes: readonly number[],
    use: (...pointers: number[]) => Work<Result>,
  ): Work<Result> {
    const pointers = sizes.map((size) => memory.allocate(4 * size));
    try {
      return yield* use(...pointers);
    } finally {
      for (const pointer of pointers) memory.free(pointer);
    }
  }

  /** Adds `A A^T` to `sums` for A `[size, depth]`, above the diagonal and a little below. */
  function* addSymmetric(
    sums: Float64Array,
    size: number,
    depth: number,
    a: MatrixView,
    out: number,
  ): Work<void> {
    const transposed = { rowStride: a.columnStride, columnStride: a.rowStride };
    for (let start = 0; start < size; start += PANEL) {
      const end = Math.min(size, start + PANEL);
      const columns = end - start;
      const b = { pointer: a.pointer + 4 * start * a.rowStride, ...transposed };
      nn.gemm(end, columns, depth, a, b, out);
      const panel = floats(out, end * columns);
      for (let i = 0; i < end; i++) {
        const [from, to] = [i * columns, i * size + start];
        for (let j = 0; j < columns; j++) sums[to + j]! += panel[from + j]!;
      }
      yield end / size;
    }
  }

  return {
    precision: 'float32',
    *covariance(deviations) {
      const { count, dimensions } = deviations.points;
      const depth = blockOf(dimensions, count);
      const sums = new Float64Array(dimensions * dimensions);
      yield* withRoom([depth * dimensions, dimensions * PANEL], function* (block, out) {
        for (let row = 0; row < count; row += depth) {
          const rows = Math.min(depth, count - row);
          copyRows(deviations, row, rows, floats(block, rows * dimensions));
          const a = { pointer: block, rowStride: 1, columnStride: dimensions };
          for (const share of addSymmetric(sums, dimensions, rows, a, out))
            yield (row + share * rows) / count;
        }
      });
      return yield* mirror(sums, dimensions);
    },
    *gram(deviations) {
      const { count, dimensions } = deviations.points;
      const depth = blockOf(count, dimensions);
      const sums = new Float64Array(count * count);
      yield* withRoom([depth * count, count * PANEL], function* (block, out) {
        for (let column = 0; column < dimensions; column += depth) {
          const columns = Math.min(depth, dimensions - column);
          copyColumns(deviations, column, columns, floats(block, count * columns));
          const a = { pointer: block, rowStride: columns, columnStride: 1 };
          for (const share of addSymmetric(sums, count, columns, a, out)) {
            yield (column + share * columns) / dimensions;
          }
        }
      });
      return yield* mirror(sums, count);
    },
    *project(deviations, directions, rows) {
      const { count, dimensions } = deviations.points;
      const height = blockOf(dimensions, count, STEP_WORK / (rows * dimensions));
      const scores = new Float32Array(count * rows);
      const sizes = [height * dimensions, rows * dimensions, height * rows];
      yield* withRoom(sizes, function* (block, right, out) {
        floats(right, rows * dimensions).set(directions);
        const b = { pointer: right, rowStride: 1, columnStride: dimensions };
        for (let row = 0; row < count; row += height) {
          const points = Math.min(height, count - row);
          copyRows(deviations, row, points, floats(block, points * dimensions));
          const a = { pointer: block, rowStride: dimensions, columnStride: 1 };
          nn.gemm(points, rows, dimensions, a, b, out);
          scores.set(floats(out, points * rows), row * rows);
          yield (row + points) / count;
        }
      });
      return scores;
    },
    *combine(deviations, weights, columns) {
      const { count, dimensions } = deviations.points;
      const depth = blockOf(dimensions, count, STEP_WORK / (columns * dimensions));
      const sums = new Float64Array(columns * dimensions);
      const sizes = [depth * dimensions, depth * columns, columns * dimensions];
      yield* withRoom(sizes, function* (block, left, out) {
        for (let row = 0; row < count; row += depth) {
          const rows = Math.min(depth, count - row);
          copyRows(deviations, row, rows, floats(block, rows * dimensions));
          floats(left, rows * columns).set(weights.subarray(row * columns, (row + rows) * columns));
          const b = { pointer: block, rowStride: dimensions, columnStride: 1 };
          nn.gemm(columns, dimensions, rows, { pointer: left, rowStride: 1, columnStride: columns }, b, out);
          const product = floats(out, columns * dimensions);
          for (let i = 0; i < sums.length; i++) sums[i]! += product[i]!;
          yield (row + rows) / count;
        }
      });
      return sums;
    },
  };
}

/** Rows of a block of `width` columns: not too many numbers for the memory, nor work for a step. */
function blockOf(width: number, rows: number, most = DEPTH): number {
  return Math.max(1, Math.floor(Math.min(DEPTH, rows, most, BLOCK_NUMBERS / width)));
}

function copyRows({ points, mean, scale }: Deviations, row: number, rows: number, to: Float32Array): void {
  const { data, dimensions } = points;
  for (let r = 0; r < rows; r++) {
    const [from, at] = [(row + r) * dimensions, r * dimensions];
    for (let d = 0; d < dimensions; d++) to[at + d] = (data[from + d]! - mean[d]!) * scale;
  }
}

function copyColumns(
  { points, mean, scale }: Deviations,
  column: number,
  columns: number,
  to: Float32Array,
): void {
  const { data, count, dimensions } = points;
  for (let r = 0; r < count; r++) {
    const [from, at] = [r * dimensions + column, r * columns];
    for (let c = 0; c < columns; c++) to[at + c] = (data[from + c]! - mean[column + c]!) * scale;
  }
}

/** Copies what is above the diagonal to below it. */
function* mirror(matrix: Float64Array, size: number): Work<Float64Array> {
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < i; j++) matrix[i * size + j] = matrix[j * size + i]!;
    if (i % 64 === 63) yield 1;
  }
  return matrix;
}
