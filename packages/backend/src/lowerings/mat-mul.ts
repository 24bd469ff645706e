import { LatentkitError, sizeOfShape } from '@latentkit/core';
import type { Epilogue, MatrixView } from '@latentkit/kernels/nn';
import * as tf from '@tensorflow/tfjs-core';
import { pointerTo } from '../tfjs-wasm.ts';
import { epilogueActivation, type FusedAttributes, finishActivation, isInEpilogue } from './activation.ts';
import { checkBias } from './bias.ts';
import { type KernelContext, makeOutput } from './kernel-context.ts';
import { defineLowering, type Lowered } from './lowering.ts';
import { requireFloat32 } from './require-float32.ts';

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

/** The product of `[..., rows, columns]` operands and the shape it comes to. */
function productOf({ a, b }: Operands, { transposeA = false, transposeB = false }: Transposes) {
  const left = viewOf(a, transposeA);
  const right = viewOf(b, transposeB);
  if (left.columns !== right.rows) {
    throw new LatentkitError(
      'E_SHAPE',
      `matMul: inner sizes must agree, got [${a.shape}]${transposeA ? ' transposed' : ''} and [${b.shape}]${transposeB ? ' transposed' : ''}`,
    );
  }
  const outer = tf.broadcast_util.assertAndGetBroadcastShape(a.shape.slice(0, -2), b.shape.slice(0, -2));
  return { left, right, outer, shape: [...outer, left.rows, right.columns] };
}

/** A product of two matrices as one operation; undefined for a batch of products. */
function lowerProduct(
  { a, b, bias }: Operands & { bias?: tf.TensorInfo },
  attributes: Transposes & FusedAttributes,
): Lowered | undefined {
  const { left, right, outer, shape } = productOf({ a, b }, attributes);
  if (sizeOfShape(outer) !== 1) return undefined;
  const { transposeA = false, transposeB = false } = attributes;
  return {
    operation: {
      kind: 'gemm',
      m: left.rows,
      n: right.columns,
      k: left.columns,
      ...{ transposeA, transposeB, strideA: a.shape.at(-1)!, packed: false },
      ...epilogueActivation(attributes),
    },
    inputs: bias ? [a, b, bias] : [a, b],
    shape,
  };
}

/** Batched matrix product with transposes by strides; the bias (a number a column) and the activation ride along. */
function multiply(
  context: KernelContext,
  operands: Operands,
  attributes: Transposes,
  epilogue: Epilogue = {},
): tf.TensorInfo {
  const { a, b } = operands;
  const { left, right, outer, shape } = productOf(operands, attributes);
  const { output, pointer } = makeOutput(context, shape);
  const matrix = (tensor: tf.TensorInfo, view: typeof left, index: number): MatrixView => ({
    pointer: pointerTo(context.backend, tensor) + 4 * index * view.rows * view.columns,
    rowStride: view.rowStride,
    columnStride: view.columnStride,
  });
  const indicesB = batchIndices(outer, b.shape.slice(0, -2));
  batchIndices(outer, a.shape.slice(0, -2)).forEach((indexA, i) => {
    const out = pointer + 4 * i * left.rows * right.columns;
    const operandB = matrix(b, right, indicesB[i]!);
    context.nn.gemm(left.rows, right.columns, left.columns, matrix(a, left, indexA), operandB, out, epilogue);
  });
  return output;
}

/** `tf.matMul`, all transposes. Replaces tfjs's, which keeps a packed copy of `b` by identity and ignores its shape. */
export const matMulKernel = defineLowering<Operands, Transposes>(
  tf.BatchMatMul,
  (operands, attributes) => {
    requireFloat32(tf.BatchMatMul, operands);
    return lowerProduct(operands, attributes);
  },
  multiply,
);

interface FusedOperands extends Operands {
  bias?: tf.TensorInfo;
  preluActivationWeights?: tf.TensorInfo;
}

/** `tf.fused.matMul`. Replaces tfjs's, which is wrong with a bias and a transpose or a batch. */
export const fusedMatMulKernel = defineLowering<FusedOperands, Transposes & FusedAttributes>(
  tf._FusedMatMul,
  (operands, attributes) => {
    requireFloat32(tf._FusedMatMul, operands);
    checkBias('fused matMul', operands.bias, viewOf(operands.b, attributes.transposeB ?? false).columns);
    return isInEpilogue(attributes) ? lowerProduct(operands, attributes) : undefined;
  },
  (context, { a, b, bias, preluActivationWeights }, attributes) => {
    const product = multiply(context, { a, b }, attributes, {
      bias: bias ? pointerTo(context.backend, bias) : 0,
      ...epilogueActivation(attributes),
    });
    return finishActivation(context, product, attributes, preluActivationWeights);
  },
);
