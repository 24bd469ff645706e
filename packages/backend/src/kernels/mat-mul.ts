import { LatentkitError, sizeOfShape } from '@latentkit/core';
import type { Epilogue, MatrixView } from '@latentkit/kernels/nn';
import * as tf from '@tensorflow/tfjs-core';
import { pointerTo } from '../tfjs-wasm.ts';
import { epilogueActivation, type FusedAttributes, finishActivation } from './activation.ts';
import { biasPointer } from './bias.ts';
import { defineKernel, type KernelContext, makeOutput } from './kernel-context.ts';

interface Operands {
  a: tf.TensorInfo;
  b: tf.TensorInfo;
}

interface Transposes {
  transposeA?: boolean;
  transposeB?: boolean;
}

/** `[rows, columns]` of an operand as the product sees it, and how far apart they lie in memory. */
function viewOf({ shape }: tf.TensorInfo, transposed: boolean) {
  const rows = shape.at(-2)!;
  const columns = shape.at(-1)!;
  return transposed
    ? { rows: columns, columns: rows, rowStride: 1, columnStride: columns }
    : { rows, columns, rowStride: columns, columnStride: 1 };
}

/** For each matrix of the output, which matrix of an operand it reads; size-1 batch dimensions are repeated. */
function batchIndices(outer: number[], own: number[]): number[] {
  return Array.from({ length: sizeOfShape(outer) }, (_, flat) => {
    let index = 0;
    let stride = 1;
    let rest = flat;
    for (let i = 1; i <= outer.length; i++) {
      const position = rest % outer.at(-i)!;
      rest = Math.floor(rest / outer.at(-i)!);
      const size = own.at(-i) ?? 1;
      if (size > 1) index += position * stride;
      stride *= size;
    }
    return index;
  });
}

/** Batched matrix product with transposes by strides; the bias (a number a column) and the activation ride along. */
function multiply(
  context: KernelContext,
  { a, b }: Operands,
  { transposeA = false, transposeB = false }: Transposes,
  epilogue: Epilogue = {},
): tf.TensorInfo {
  const left = viewOf(a, transposeA);
  const right = viewOf(b, transposeB);
  if (left.columns !== right.rows) {
    throw new LatentkitError(
      'E_SHAPE',
      `matMul: inner sizes must agree, got [${a.shape}]${transposeA ? ' transposed' : ''} and [${b.shape}]${transposeB ? ' transposed' : ''}`,
    );
  }
  const batchA = a.shape.slice(0, -2);
  const batchB = b.shape.slice(0, -2);
  const outer = tf.broadcast_util.assertAndGetBroadcastShape(batchA, batchB);
  const { output, pointer } = makeOutput(context, [...outer, left.rows, right.columns]);
  const matrix = (tensor: tf.TensorInfo, view: typeof left, index: number): MatrixView => ({
    pointer: pointerTo(context.backend, tensor) + 4 * index * view.rows * view.columns,
    rowStride: view.rowStride,
    columnStride: view.columnStride,
  });
  const indicesB = batchIndices(outer, batchB);
  batchIndices(outer, batchA).forEach((indexA, i) => {
    const out = pointer + 4 * i * left.rows * right.columns;
    const operandB = matrix(b, right, indicesB[i]!);
    context.nn.gemm(left.rows, right.columns, left.columns, matrix(a, left, indexA), operandB, out, epilogue);
  });
  return output;
}

/** `tf.matMul`, all transposes. Replaces tfjs's, which keeps a packed copy of `b` by identity and ignores its shape. */
export const matMulKernel = defineKernel<Operands, Transposes>(tf.BatchMatMul, multiply);

interface FusedOperands extends Operands {
  bias?: tf.TensorInfo;
  preluActivationWeights?: tf.TensorInfo;
}

/** `tf.fused.matMul`. Replaces tfjs's, which is wrong with a bias and a transpose or a batch. */
export const fusedMatMulKernel = defineKernel<FusedOperands, Transposes & FusedAttributes>(
  tf._FusedMatMul,
  (context, { a, b, bias, preluActivationWeights }, attributes) => {
    const columns = viewOf(b, attributes.transposeB ?? false).columns;
    const product = multiply(context, { a, b }, attributes, {
      bias: biasPointer(context, 'fused matMul', bias, columns),
      ...epilogueActivation(attributes),
    });
    return finishActivation(context, product, attributes, preluActivationWeights);
  },
);
