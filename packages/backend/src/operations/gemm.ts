import type { GemmOperation } from './operation.ts';
import type { OperationRule } from './operation-rule.ts';
import { ranges } from './ranges.ts';

export const gemmRule: OperationRule<GemmOperation> = {
  run(nn, operation, [a, b, bias = 0], output) {
    const { m, n, k, transposeA, transposeB, strideA, packed, activation, alpha } = operation;
    const left = {
      pointer: a!,
      rowStride: transposeA ? 1 : strideA,
      columnStride: transposeA ? strideA : 1,
    };
    const epilogue = { bias, activation, alpha };
    if (packed) {
      nn.gemmPacked(m, n, k, left, b!, output, epilogue);
      return;
    }
    const right = { pointer: b!, rowStride: transposeB ? 1 : n, columnStride: transposeB ? k : 1 };
    nn.gemm(m, n, k, left, right, output, epilogue);
  },
  alongBatch(operation, batch, [a, ...others]) {
    const { m, transposeA } = operation;
    if (!a || others.includes(true) || transposeA || m % batch !== 0) return undefined;
    return {
      advances: [true, false, false],
      take: (rows) => ({ ...operation, m: (m / batch) * rows }),
    };
  },
  pieces(operation, count) {
    const { m, n, transposeA, strideA } = operation;
    return ranges(m, count, 16).map(({ from, length }) => ({
      operation: { ...operation, m: length },
      inputs: [transposeA ? from : from * strideA, 0, 0],
      output: from * n,
    }));
  },
  cost: ({ m, n, k }) => 2 * m * n * k,
};
