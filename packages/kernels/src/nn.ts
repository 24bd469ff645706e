export type { DepthwiseKernels } from './nn/depthwise.ts';
export type { ConvolutionGeometry } from './nn/geometry.ts';
export {
  createNnKernels,
  type Epilogue,
  type FusedActivation,
  type MatrixView,
  type NnKernels,
} from './nn/kernels.ts';
