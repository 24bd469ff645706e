import {
  conv2dBackpropFilterKernel,
  conv2dBackpropInputKernel,
  conv2dKernel,
  fusedConv2dKernel,
} from './conv2d.ts';
import { elementwiseKernels } from './elementwise.ts';
import type { Lowering } from './lowering.ts';
import { fusedMatMulKernel, matMulKernel } from './mat-mul.ts';
import { maxKernel, sumKernel } from './reduce.ts';

/** Every tfjs kernel that is one call of ours. */
export const lowerings: readonly Lowering[] = [
  matMulKernel,
  fusedMatMulKernel,
  conv2dKernel,
  fusedConv2dKernel,
  conv2dBackpropInputKernel,
  conv2dBackpropFilterKernel,
  ...elementwiseKernels,
  sumKernel,
  maxKernel,
];
