export { type Arithmetic, strict } from './nn/arithmetic.ts';
export { chooseTile, setFastestTile } from './nn/choose-tile.ts';
export type { DepthwiseKernels } from './nn/depthwise.ts';
export type { BinaryOperation, ElementwiseKernels, ThreeLevels, UnaryOperation } from './nn/elementwise.ts';
export type { Epilogue, FusedActivation } from './nn/epilogue.ts';
export { type ConvolutionGeometry, FILTER_CHUNK_IMAGES } from './nn/geometry.ts';
export {
  createNnKernels,
  type MatrixView,
  type NnKernels,
  type Tile,
} from './nn/kernels.ts';
export type { NoiseKernels } from './nn/noise.ts';
export type { OptimizerKernels } from './nn/optimizers.ts';
export { packedBytes } from './nn/packed-bytes.ts';
export type { VariationalKernels } from './nn/variational.ts';
export { enableRevectorization, type NodeProcess } from './revectorize.ts';
