export {
  createNeighborKernels,
  type NeighborKernels,
  type NeighborLists,
  type NeighborTarget,
  type ProductTile,
  type Refinement,
} from './neighbors/kernels.ts';
